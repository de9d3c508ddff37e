// Axes of hard_normalize.
#include "runtime/signature.h"

static const fsd::SignatureOf hard_normalize{{
    "hard_normalize",
    "posterior = exp(logits - max_state logits): approximates normalize, and does not sum to 1 (MATH 4.1)",
    {{"logits", {"site", "group", "state"}, "un-normalized log-probabilities, nats"},
     {"posterior", {"site", "group", "state"}, "in [0, 1]; 1 for the most likely state"}},
    nullptr,
}};
