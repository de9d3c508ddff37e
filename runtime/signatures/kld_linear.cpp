// Axes of kld_linear.
#include "runtime/signatures/window.h"

static const fsd::SignatureOf kld_linear{{
    "kld_linear",
    "log_evidence = log_prior + n sum_input p log q: evidence of the outputs (MATH 2.1)",
    {{"probability", {"sample", "input"}, "probabilities; input = group * states + state"},
     {"log_likelihood", {"input", "output"}, "log q, nats; below -87 counts as -87"},
     {"log_prior", {"output"}, "log-probabilities, nats"},
     fsd::observations_signature(),
     {"log_evidence", {"sample", "output"}, "un-normalized log-probabilities, nats"}},
    nullptr,
}};
