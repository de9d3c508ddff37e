// Axes of max_pool_backward.
#include "runtime/signatures/pool.h"

static const fsd::SignatureOf max_pool_backward{{
    "max_pool_backward",
    "d_probability = d_maximum, to the window's first maximum (MATH 3)",
    fsd::with_pool_window(
        {{"probability", {"sample", "y", "x", "channel"}, "the input of max_pool"},
         {"d_maximum", {"sample", "pool_y", "pool_x", "channel"}, "gradient with respect to maximum"}},
        {{"d_probability", {"sample", "y", "x", "channel"}, "gradient with respect to probability"}}),
    [](fsd::Extents &extents) { fsd::derive_pool(extents); },
}};
