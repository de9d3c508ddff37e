// marginal = sum over the window of p(state | position) P(position), with P = 1 / number of sites in the
// window.
#include "generators/marginal_pool.h"

#include "generators/pool_window.h"

namespace fsd {

void MarginalPool::generate() {
    const PoolAxis columns{probability.dim(1).extent(), pool_window_x, pool_stride_x};
    const PoolAxis rows{probability.dim(2).extent(), pool_window_y, pool_stride_y};
    require_positions(*this, columns, marginal.dim(1).extent(), rows, marginal.dim(2).extent());

    offset = window_offsets(columns, rows);
    const Expr inside = columns.holds(pool_x, offset.x) && rows.holds(pool_y, offset.y);
    const Expr at_offset =
        probability(channel, columns.site(pool_x, offset.x), rows.site(pool_y, offset.y), sample);
    const Expr position = 1.f / cast<float>(columns.count(pool_x) * rows.count(pool_y));

    sum(channel, pool_x, pool_y, sample) = 0.f;
    sum(channel, pool_x, pool_y, sample) += strict_float(select(inside, at_offset, 0.f));
    marginal(channel, pool_x, pool_y, sample) = strict_float(sum(channel, pool_x, pool_y, sample) * position);

    probability.set_estimates({{0, 32}, {0, 24}, {0, 24}, {0, 64}});
    marginal.set_estimates({{0, 32}, {0, 12}, {0, 12}, {0, 64}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::MarginalPool, marginal_pool)
