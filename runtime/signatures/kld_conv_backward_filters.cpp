// Axes of kld_conv_backward_filters.
#include "runtime/signatures/window.h"

static const fsd::SignatureOf kld_conv_backward_filters{{
    "kld_conv_backward_filters",
    "d_log_likelihood = n sum_sample,site d_log_evidence probability: gradient of kld_conv (MATH 2.4)",
    fsd::with_window(
        {{"probability", {"sample", "y", "x", "input"}, "probabilities that the layer observed"},
         {"d_log_evidence", {"sample", "output_y", "output_x", "output"}, "gradient of the loss"}},
        {{"d_log_likelihood", {"window_y", "window_x", "input", "output"}, "gradient of the loss"}}),
    fsd::derive_window,
}};
