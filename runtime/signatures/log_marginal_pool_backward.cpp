// Axes of log_marginal_pool_backward.
#include "runtime/signatures/pool.h"

static const fsd::SignatureOf log_marginal_pool_backward{{
    "log_marginal_pool_backward",
    "d_log_probability = P(site | state) d_log_marginal, summed over the windows that hold the site (MATH 3)",
    fsd::with_pool_window(
        {{"log_probability", {"sample", "y", "x", "channel"}, "the input of log_marginal_pool, nats"},
         {"log_marginal", {"sample", "pool_y", "pool_x", "channel"}, "the output of log_marginal_pool, nats"},
         {"d_log_marginal",
          {"sample", "pool_y", "pool_x", "channel"},
          "gradient with respect to log_marginal"}},
        {{"d_log_probability", {"sample", "y", "x", "channel"}, "gradient with respect to log_probability"}}),
    [](fsd::Extents &extents) { fsd::derive_pool(extents); },
}};
