// Axes of locally_connected.
#include "runtime/signatures/window.h"

static const fsd::SignatureOf locally_connected{{
    "locally_connected",
    "preactivation = bias + sum_window,input features weight: conv with weights of its own at each site "
    "(MATH "
    "2.5)",
    fsd::with_window_of_weights(
        {{"features", {"sample", "y", "x", "input"}, "any numbers"},
         {"weight", {"output_y", "output_x", "window_y", "window_x", "input", "output"}, "any numbers"},
         {"bias", {"output_y", "output_x", "output"}, "any numbers"}},
        {{"preactivation", {"sample", "output_y", "output_x", "output"}, "any numbers"}}),
    fsd::derive_window,
}};
