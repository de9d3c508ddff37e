// Axes of sigmoid.
#include "runtime/signature.h"

static const fsd::SignatureOf sigmoid{{
    "sigmoid",
    "activation = 1 / (1 + exp(-log_evidence)): Bayes' rule for two states (MATH 4.1)",
    {{"log_evidence", {"site", "state"}, "log-odds, nats"},
     {"activation", {"site", "state"}, "probability of the second state"}},
    nullptr,
}};
