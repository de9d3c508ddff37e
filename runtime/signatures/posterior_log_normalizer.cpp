// Axes of posterior_log_normalizer.
#include "runtime/signature.h"

static const fsd::SignatureOf posterior_log_normalizer{{
    "posterior_log_normalizer",
    "log_normalizer = max_state logits - log max_state posterior: log sum_state exp(logits) where the "
    "posterior is "
    "that of the logits (MATH 2.6)",
    {{"logits", {"site", "group", "state"}, "un-normalized log-probabilities, nats"},
     {"posterior", {"site", "group", "state"}, "exp(logits) / sum_state exp(logits), from normalize"},
     {"log_normalizer", {"site", "group"}, "log-evidence of all states, nats"}},
    nullptr,
}};
