// Axes of normalize_backward.
#include "runtime/signature.h"

static const fsd::SignatureOf normalize_backward{{
    "normalize_backward",
    "d_logits = h (R - sum_state h R) with h = posterior, R = d_posterior: gradient of normalize (MATH 2.4)",
    {{"posterior", {"site", "group", "state"}, "probabilities"},
     {"d_posterior", {"site", "group", "state"}, "gradient of the loss"},
     {"d_logits", {"site", "group", "state"}, "gradient of the loss; sums to 0 over the states"}},
    nullptr,
}};
