// Axes of relu.
#include "runtime/signature.h"

static const fsd::SignatureOf relu{{
    "relu",
    "activation = max(log_evidence, 0): approximates log-normalization against a background state (MATH 4.1)",
    {{"log_evidence", {"site", "state"}, "log-likelihood ratio to the background state, nats"},
     {"activation", {"site", "state"}, "evidence, nats, >= 0"}},
    nullptr,
}};
