// Axes of log_marginal_pool.
#include "runtime/signatures/pool.h"

static const fsd::SignatureOf log_marginal_pool{{
    "log_marginal_pool",
    "log_marginal = log sum exp over the sites of a window - log of their number: marginalization of the "
    "position (MATH 3)",
    fsd::with_pool_window(
        {{"log_probability", {"sample", "y", "x", "channel"}, "log-probabilities, nats"}},
        {{"log_marginal", {"sample", "pool_y", "pool_x", "channel"}, "log-probabilities, nats"}}),
    [](fsd::Extents &extents) { fsd::derive_pool(extents); },
}};
