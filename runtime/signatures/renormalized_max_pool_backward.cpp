// Axes of renormalized_max_pool_backward.
#include "runtime/signatures/pool.h"

static const fsd::SignatureOf renormalized_max_pool_backward{{
    "renormalized_max_pool_backward",
    "d_probability = (d_maximum - sum_state maximum d_maximum) / sum of the maxima, to the window's first "
    "maximum (MATH 3)",
    fsd::with_pool_window(
        {{"probability", {"sample", "y", "x", "group", "state"}, "probabilities"},
         {"d_maximum", {"sample", "pool_y", "pool_x", "group", "state"}, "gradient with respect to maximum"}},
        {{"d_probability", {"sample", "y", "x", "group", "state"}, "gradient with respect to probability"}}),
    [](fsd::Extents &extents) { fsd::derive_pool(extents); },
}};
