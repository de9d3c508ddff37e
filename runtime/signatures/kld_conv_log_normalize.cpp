// Axes of kld_conv_log_normalize.
#include "runtime/signatures/window.h"

static const fsd::SignatureOf kld_conv_log_normalize{{
    "kld_conv_log_normalize",
    "log_posterior = z - log sum_state exp(z) with z = log_prior + n sum_window,input p log q: kld_conv and "
    "Bayes' rule (MATH 2.1)",
    fsd::with_window(fsd::grouped_convolution_inputs(),
                     {{"log_posterior",
                       {"sample", "output_y", "output_x", "group", "state"},
                       "log-probabilities, nats; exp sums to 1 over the states"}}),
    fsd::derive_window,
}};
