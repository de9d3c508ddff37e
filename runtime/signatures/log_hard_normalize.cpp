// Axes of log_hard_normalize.
#include "runtime/signature.h"

static const fsd::SignatureOf log_hard_normalize{{
    "log_hard_normalize",
    "log_posterior = logits - max_state logits: approximates log_normalize within log S nats (MATH 4.1)",
    {{"logits", {"site", "group", "state"}, "un-normalized log-probabilities, nats"},
     {"log_posterior", {"site", "group", "state"}, "at most 0, nats; 0 for the most likely state"}},
    nullptr,
}};
