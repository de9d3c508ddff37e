// Axes of h_score_loss.
#include "runtime/signature.h"

static const fsd::SignatureOf h_score_loss{{
    "h_score_loss",
    "loss = sum p s^2 / 2 - s[label] - log softmax(m)[label] with centered logits s and mean logits m, "
    "d_logits = p s + "
    "softmax(m) - target: the H-score of a batch (arXiv 1905.06600, MATH 6.1)",
    {{"log_posterior", {"sample", "class"}, "log-probabilities, nats"},
     {"label", {"sample"}, "0 .. classes - 1; another number makes the sample's results NaN"},
     {"loss", {"sample"}, "nats"},
     {"d_logits", {"sample", "class"}, "gradient of the sum of the losses at the logits of log_normalize"}},
    nullptr,
}};
