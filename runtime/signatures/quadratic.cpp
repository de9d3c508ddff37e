// Axes of quadratic.
#include "runtime/signature.h"

static const fsd::SignatureOf quadratic{{
    "quadratic",
    "activation = z + alpha z^2 of the preactivation z (MATH 6)",
    {{"preactivation", {"site", "state"}, "any real numbers"},
     {"alpha", {}, "weight of the square; 0 is a linear layer's"},
     {"activation", {"site", "state"}, "any real numbers"}},
    nullptr,
}};
