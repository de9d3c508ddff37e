// Axes of normalize_marginal_pool_backward.
#include "runtime/signatures/pool.h"

static const fsd::SignatureOf normalize_marginal_pool_backward{{
    "normalize_marginal_pool_backward",
    "d_logits = h (R - sum_state h R) with R = sum_windows d_marginal / sites in the window: gradient of "
    "normalize "
    "followed by marginal_pool (MATH 2.4, 3)",
    fsd::with_pool_window(
        {{"posterior", {"sample", "y", "x", "group", "state"}, "probabilities before pooling"},
         {"d_marginal", {"sample", "pool_y", "pool_x", "group", "state"}, "gradient of the loss"}},
        {{"d_logits",
          {"sample", "y", "x", "group", "state"},
          "gradient of the loss; sums to 0 over the states"}}),
    [](fsd::Extents &extents) { fsd::derive_pool(extents); },
}};
