// Axes of max_pool.
#include "runtime/signatures/pool.h"

static const fsd::SignatureOf max_pool{{
    "max_pool",
    "maximum = max over the sites of a window: approximates marginal pooling (MATH 3)",
    fsd::with_pool_window(
        {{"probability", {"sample", "y", "x", "channel"}, "probabilities; channel = group * states + state"}},
        {{"maximum",
          {"sample", "pool_y", "pool_x", "channel"},
          "not normalized: the states of a group sum to 1 or more"}}),
    [](fsd::Extents &extents) { fsd::derive_pool(extents); },
}};
