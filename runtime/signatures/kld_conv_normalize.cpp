// Axes of kld_conv_normalize.
#include "runtime/signatures/window.h"

static const fsd::SignatureOf kld_conv_normalize{{
    "kld_conv_normalize",
    "posterior = exp(z) / sum_state exp(z) with z = log_prior + n sum_window,input p log q: kld_conv and "
    "Bayes' rule (MATH 2.1)",
    fsd::with_window(fsd::grouped_convolution_inputs(),
                     {{"posterior",
                       {"sample", "output_y", "output_x", "group", "state"},
                       "probabilities; sum to 1 over the states"}}),
    fsd::derive_window,
}};
