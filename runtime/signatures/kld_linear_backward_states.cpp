// Axes of kld_linear_backward_states.
#include "runtime/signatures/window.h"

static const fsd::SignatureOf kld_linear_backward_states{{
    "kld_linear_backward_states",
    "d_probability = n sum_output d_log_evidence log_likelihood: gradient of kld_linear (MATH 2.4)",
    {{"d_log_evidence", {"sample", "output"}, "gradient of the loss"},
     {"log_likelihood", {"input", "output"}, "log q, nats"},
     fsd::observations_signature(),
     {"d_probability",
      {"sample", "input"},
      "gradient of the loss; a constant per distribution is immaterial"}},
    nullptr,
}};
