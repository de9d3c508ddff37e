// Axes of quadratic_backward.
#include "runtime/signature.h"

static const fsd::SignatureOf quadratic_backward{{
    "quadratic_backward",
    "d_preactivation = (1 + 2 alpha preactivation) d_activation (MATH 6)",
    {{"preactivation", {"site", "state"}, "the input of quadratic"},
     {"d_activation", {"site", "state"}, "gradient with respect to activation"},
     {"alpha", {}, "weight of the square"},
     {"d_preactivation", {"site", "state"}, "gradient with respect to preactivation"}},
    nullptr,
}};
