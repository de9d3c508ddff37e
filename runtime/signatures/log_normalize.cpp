// Axes of log_normalize.
#include "runtime/signature.h"

static const fsd::SignatureOf log_normalize{{
    "log_normalize",
    "log_posterior = logits - log sum_state exp(logits): Bayes' rule in the log domain (MATH 2.1)",
    {{"logits", {"site", "group", "state"}, "un-normalized log-probabilities, nats"},
     {"log_posterior", {"site", "group", "state"}, "log-probabilities, nats; exp sums to 1 over the states"}},
    nullptr,
}};
