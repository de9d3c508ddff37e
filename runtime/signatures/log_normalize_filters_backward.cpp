// Axes of log_normalize_filters_backward.
#include "runtime/signature.h"

static const fsd::SignatureOf log_normalize_filters_backward{{
    "log_normalize_filters_backward",
    "d_theta = R - q sum_input_state R with R = d_log_likelihood: gradient of log_normalize_filters (MATH "
    "2.4)",
    {{"log_likelihood", {"position", "input_state", "output"}, "log q, nats"},
     {"d_log_likelihood", {"position", "input_state", "output"}, "gradient of the loss"},
     {"d_theta", {"position", "input_state", "output"}, "gradient of the loss; sums to 0 over input_state"}},
    nullptr,
}};
