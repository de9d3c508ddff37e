// Axes of erf.
#include "runtime/signature.h"

static const fsd::SignatureOf erf_signature{{
    "erf",
    "activation = erf(preactivation) (MATH 6)",
    {{"preactivation", {"site", "state"}, "any real numbers"}, {"activation", {"site", "state"}, "-1 to 1"}},
    nullptr,
}};
