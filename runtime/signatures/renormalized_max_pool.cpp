// Axes of renormalized_max_pool.
#include "runtime/signatures/pool.h"

static const fsd::SignatureOf renormalized_max_pool{{
    "renormalized_max_pool",
    "maximum = max over the sites of a window, divided by its sum over the states (MATH 3)",
    fsd::with_pool_window({{"probability", {"sample", "y", "x", "group", "state"}, "probabilities"}},
                          {{"maximum", {"sample", "pool_y", "pool_x", "group", "state"}, "probabilities"}}),
    [](fsd::Extents &extents) { fsd::derive_pool(extents); },
}};
