// Axes of locally_connected_backward_weight.
#include "runtime/signatures/window.h"

static const fsd::SignatureOf locally_connected_backward_weight{{
    "locally_connected_backward_weight",
    "d_weight = sum_sample d_preactivation features: gradient of locally_connected (MATH 2.5)",
    fsd::with_window_of_weights(
        {{"features", {"sample", "y", "x", "input"}, "features that the layer saw"},
         {"d_preactivation", {"sample", "output_y", "output_x", "output"}, "gradient of the loss"}},
        {{"d_weight",
          {"output_y", "output_x", "window_y", "window_x", "input", "output"},
          "gradient of the loss"}}),
    fsd::derive_window,
}};
