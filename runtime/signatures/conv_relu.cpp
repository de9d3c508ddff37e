// Axes of conv_relu.
#include "runtime/signatures/window.h"

static const fsd::SignatureOf conv_relu{{
    "conv_relu",
    "activation = max(bias + sum_window,input features weight, 0): conv and relu (MATH 2.5)",
    fsd::with_window_of_weights(
        {{"features", {"sample", "y", "x", "input"}, "any numbers"},
         {"weight", {"window_y", "window_x", "input", "output"}, "any numbers"},
         {"bias", {"output"}, "any numbers"}},
        {{"activation", {"sample", "output_y", "output_x", "output"}, ">= 0; NaN stays NaN"}}),
    fsd::derive_window,
}};
