// Axes of erf_backward.
#include "runtime/signature.h"

static const fsd::SignatureOf erf_backward{{
    "erf_backward",
    "d_preactivation = 2 / sqrt(pi) exp(-preactivation^2) d_activation (MATH 6)",
    {{"preactivation", {"site", "state"}, "the input of erf"},
     {"d_activation", {"site", "state"}, "gradient with respect to activation"},
     {"d_preactivation", {"site", "state"}, "gradient with respect to preactivation"}},
    nullptr,
}};
