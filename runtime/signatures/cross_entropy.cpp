// Axes of cross_entropy.
#include "runtime/signature.h"

static const fsd::SignatureOf cross_entropy{{
    "cross_entropy",
    "loss = -log_posterior[label], d_logits = exp log_posterior - target: the classifier's loss (MATH 2.4)",
    {{"log_posterior", {"sample", "class"}, "log-probabilities, nats"},
     {"label", {"sample"}, "0 .. classes - 1; another number makes the sample's results NaN"},
     {"loss", {"sample"}, "nats"},
     {"d_logits", {"sample", "class"}, "gradient of the loss at the logits of log_normalize"}},
    nullptr,
}};
