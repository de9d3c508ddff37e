// Axes of grouped_conv_backward_features.
#include "runtime/signatures/window.h"

static const fsd::SignatureOf grouped_conv_backward_features{{
    "grouped_conv_backward_features",
    "d_features = sum_window,group_output d_preactivation weight: gradient of grouped_conv (MATH 2.5)",
    fsd::with_groups(
        {{"d_preactivation", {"sample", "output_y", "output_x", "output"}, "gradient of the loss"},
         {"weight",
          {"window_y", "window_x", "group_input", "output"},
          "output = group * group_outputs + group_output"}},
        {{"d_features", {"sample", "y", "x", "input"}, "gradient of the loss"}}),
    fsd::derive_groups,
}};
