// Axes of kld_linear_backward_filters.
#include "runtime/signatures/window.h"

static const fsd::SignatureOf kld_linear_backward_filters{{
    "kld_linear_backward_filters",
    "d_log_likelihood = n sum_sample d_log_evidence probability: gradient of kld_linear (MATH 2.4)",
    {{"probability", {"sample", "input"}, "probabilities that the layer observed"},
     {"d_log_evidence", {"sample", "output"}, "gradient of the loss"},
     fsd::observations_signature(),
     {"d_log_likelihood", {"input", "output"}, "gradient of the loss"}},
    nullptr,
}};
