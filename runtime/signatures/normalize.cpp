// Axes of normalize.
#include "runtime/signature.h"

static const fsd::SignatureOf normalize{{
    "normalize",
    "posterior = exp(logits) / sum_state exp(logits): Bayes' rule (MATH 2.1)",
    {{"logits", {"site", "group", "state"}, "un-normalized log-probabilities, nats"},
     {"posterior", {"site", "group", "state"}, "probabilities; they sum to 1 over the states"}},
    nullptr,
}};
