// Axes of log_normalize_filters.
#include "runtime/signature.h"

static const fsd::SignatureOf log_normalize_filters{{
    "log_normalize_filters",
    "log_likelihood = theta - log sum_input_state exp(theta): the natural parametrization (MATH 1)",
    {{"theta", {"position", "input_state", "output"}, "logits; position = window_y, window_x, input group"},
     {"log_likelihood",
      {"position", "input_state", "output"},
      "log q, nats; exp sums to 1 over input_state"}},
    nullptr,
}};
