// marginal = sum over the window of p(state | position) P(position), with P = 1 / number of sites in the
// window.
#include "generators/marginal_pool.h"

#include "generators/pool_window.h"

namespace fsd {

void MarginalPool::generate() {
    const PoolAxis columns{probability.dim(1).extent(), pool_window_x, pool_stride_x};
    const PoolAxis rows{probability.dim(2).extent(), pool_window_y, pool_stride_y};
    require_positions(*this, columns, marginal.dim(1).extent(), rows, marginal.dim(2).extent());

    offset = window_sites(columns, pool_x, rows, pool_y);
    const Expr at_offset =
        probability(channel, columns.site(pool_x, offset.x), rows.site(pool_y, offset.y), sample);
    const Expr position = probability_of_site(columns, pool_x, rows, pool_y);

    sum(channel, pool_x, pool_y, sample) = 0.f;
    sum(channel, pool_x, pool_y, sample) = strict_sum(sum(channel, pool_x, pool_y, sample), at_offset);
    marginal(channel, pool_x, pool_y, sample) =
        strict_product(sum(channel, pool_x, pool_y, sample), position);

    probability.set_estimates({{0, 32}, {0, 24}, {0, 24}, {0, 64}});
    marginal.set_estimates({{0, 32}, {0, 12}, {0, 12}, {0, 64}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::MarginalPool, marginal_pool)
