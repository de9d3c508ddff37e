// Axes of conv.
#include "runtime/signatures/window.h"

static const fsd::SignatureOf conv{{
    "conv",
    "preactivation = bias + sum_window,input features weight; features are 0 outside (MATH 2.5)",
    fsd::with_window_of_weights(
        {{"features", {"sample", "y", "x", "input"}, "any numbers"},
         {"weight", {"window_y", "window_x", "input", "output"}, "any numbers"},
         {"bias", {"output"}, "any numbers"}},
        {{"preactivation", {"sample", "output_y", "output_x", "output"}, "any numbers"}}),
    fsd::derive_window,
}};
