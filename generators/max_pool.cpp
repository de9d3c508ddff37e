// maximum = max over the window; NaN if one of its sites is NaN.
#include "generators/max_pool.h"

#include "generators/log_space.h"
#include "generators/pool_window.h"

namespace fsd {

void MaxPool::generate() {
    const PoolAxis columns{probability.dim(1).extent(), pool_window_x, pool_stride_x};
    const PoolAxis rows{probability.dim(2).extent(), pool_window_y, pool_stride_y};
    require_positions(*this, columns, maximum.dim(1).extent(), rows, maximum.dim(2).extent());

    offset = window_sites(columns, pool_x, rows, pool_y);
    peak(channel, pool_x, pool_y, sample) = -infinity;
    const Expr found = peak(channel, pool_x, pool_y, sample),
               next =
                   probability(channel, columns.site(pool_x, offset.x), rows.site(pool_y, offset.y), sample);
    peak(channel, pool_x, pool_y, sample) = select(exceeds(next, found), next, found);
    maximum(channel, pool_x, pool_y, sample) = found;

    probability.set_estimates({{0, 32}, {0, 24}, {0, 24}, {0, 64}});
    maximum.set_estimates({{0, 32}, {0, 12}, {0, 12}, {0, 64}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::MaxPool, max_pool)
