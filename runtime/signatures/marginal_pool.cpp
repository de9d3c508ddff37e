// Axes of marginal_pool.
#include "runtime/signatures/pool.h"

static const fsd::SignatureOf marginal_pool{{
    "marginal_pool",
    "marginal = mean of the probabilities over the sites of a window: marginalization of the position (MATH "
    "3)",
    fsd::with_pool_window(
        {{"probability", {"sample", "y", "x", "channel"}, "probabilities; channel = group * states + state"}},
        {{"marginal", {"sample", "pool_y", "pool_x", "channel"}, "probabilities"}}),
    [](fsd::Extents &extents) { fsd::derive_pool(extents); },
}};
