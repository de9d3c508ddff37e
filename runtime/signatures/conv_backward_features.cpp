// Axes of conv_backward_features.
#include "runtime/signatures/window.h"

static const fsd::SignatureOf conv_backward_features{{
    "conv_backward_features",
    "d_features = sum_window,output d_preactivation weight: gradient of conv (MATH 2.5)",
    fsd::with_window_of_weights(
        {{"d_preactivation", {"sample", "output_y", "output_x", "output"}, "gradient of the loss"},
         {"weight", {"window_y", "window_x", "input", "output"}, "any numbers"}},
        {{"d_features", {"sample", "y", "x", "input"}, "gradient of the loss"}}),
    fsd::derive_window,
}};
