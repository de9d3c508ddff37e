// Axes of grouped_conv_backward_weight.
#include "runtime/signatures/window.h"

static const fsd::SignatureOf grouped_conv_backward_weight{{
    "grouped_conv_backward_weight",
    "d_weight = sum_sample,site d_preactivation features: gradient of grouped_conv (MATH 2.5)",
    fsd::with_groups(
        {{"features", {"sample", "y", "x", "input"}, "features that the layer saw"},
         {"d_preactivation", {"sample", "output_y", "output_x", "output"}, "gradient of the loss"}},
        {{"d_weight", {"window_y", "window_x", "group_input", "output"}, "gradient of the loss"}}),
    fsd::derive_groups,
}};
