// Axes of locally_connected_backward_features.
#include "runtime/signatures/window.h"

static const fsd::SignatureOf locally_connected_backward_features{{
    "locally_connected_backward_features",
    "d_features = sum_window,output d_preactivation weight: gradient of locally_connected (MATH 2.5)",
    fsd::with_window_of_weights(
        {{"d_preactivation", {"sample", "output_y", "output_x", "output"}, "gradient of the loss"},
         {"weight", {"output_y", "output_x", "window_y", "window_x", "input", "output"}, "any numbers"}},
        {{"d_features", {"sample", "y", "x", "input"}, "gradient of the loss"}}),
    fsd::derive_window,
}};
