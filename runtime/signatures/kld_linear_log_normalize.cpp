// Axes of kld_linear_log_normalize.
#include "runtime/signatures/window.h"

static const fsd::SignatureOf kld_linear_log_normalize{{
    "kld_linear_log_normalize",
    "log_posterior = z - log sum_state exp(z) with z = log_prior + n sum_input p log q: kld_linear and "
    "Bayes' "
    "rule (MATH 2.1)",
    {{"probability", {"sample", "input"}, "probabilities; input = group * states + state"},
     {"log_likelihood",
      {"input", "group", "state"},
      "log q of each output state, nats; below -87 counts as -87"},
     {"log_prior", {"group", "state"}, "log-probabilities, nats"},
     fsd::observations_signature(),
     {"log_posterior",
      {"sample", "group", "state"},
      "log-probabilities, nats; exp sums to 1 over the states"}},
    nullptr,
}};
