// Axes of log_normalizer.
#include "runtime/signature.h"

static const fsd::SignatureOf log_normalizer{{
    "log_normalizer",
    "log_normalizer = log sum_state exp(logits): the evidence that Bayes' rule divides by (MATH 2.6)",
    {{"logits", {"site", "group", "state"}, "un-normalized log-probabilities, nats"},
     {"log_normalizer", {"site", "group"}, "log-evidence of all states, nats"}},
    nullptr,
}};
