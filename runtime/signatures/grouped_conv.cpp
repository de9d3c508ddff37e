// Axes of grouped_conv.
#include "runtime/signatures/window.h"

static const fsd::SignatureOf grouped_conv{{
    "grouped_conv",
    "preactivation = bias + sum_window,group_input features weight: conv whose outputs see the inputs of "
    "their "
    "group (MATH 2.5)",
    fsd::with_groups(
        {{"features", {"sample", "y", "x", "input"}, "input = group * group_inputs + group_input"},
         {"weight",
          {"window_y", "window_x", "group_input", "output"},
          "output = group * group_outputs + group_output"},
         {"bias", {"output"}, "any numbers"}},
        {{"preactivation", {"sample", "output_y", "output_x", "output"}, "any numbers"}}),
    fsd::derive_groups,
}};
