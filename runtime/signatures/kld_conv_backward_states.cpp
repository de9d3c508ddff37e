// Axes of kld_conv_backward_states.
#include "runtime/signatures/window.h"

static const fsd::SignatureOf kld_conv_backward_states{{
    "kld_conv_backward_states",
    "d_probability = n sum_window,output d_log_evidence log_likelihood: gradient of kld_conv (MATH 2.4)",
    fsd::with_window(
        {{"d_log_evidence", {"sample", "output_y", "output_x", "output"}, "gradient of the loss"},
         {"log_likelihood", {"window_y", "window_x", "input", "output"}, "log q, nats"}},
        {{"d_probability",
          {"sample", "y", "x", "input"},
          "gradient of the loss; a constant per distribution is immaterial"}}),
    fsd::derive_window,
}};
