// Axes of log_normalize_backward.
#include "runtime/signature.h"

static const fsd::SignatureOf log_normalize_backward{{
    "log_normalize_backward",
    "d_logits = A - h sum_state A with h = exp log_posterior, A = d_log_posterior: gradient of log_normalize "
    "(MATH 2.4)",
    {{"log_posterior", {"site", "group", "state"}, "log-probabilities, nats"},
     {"d_log_posterior", {"site", "group", "state"}, "gradient of the loss"},
     {"d_logits", {"site", "group", "state"}, "gradient of the loss; sums to 0 over the states"}},
    nullptr,
}};
