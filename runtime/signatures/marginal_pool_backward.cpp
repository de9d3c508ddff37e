// Axes of marginal_pool_backward.
#include "runtime/signatures/pool.h"

static const fsd::SignatureOf marginal_pool_backward{{
    "marginal_pool_backward",
    "d_probability = d_marginal / number of sites in the window, summed over the windows that hold the site "
    "(MATH 3)",
    fsd::with_pool_window(
        {{"d_marginal", {"sample", "pool_y", "pool_x", "channel"}, "gradient with respect to marginal"}},
        {{"d_probability", {"sample", "y", "x", "channel"}, "gradient with respect to probability"}}),
    [](fsd::Extents &extents) { fsd::derive_pool(extents); },
}};
