// maximum = max over the window, divided by its sum over the states.
#include "generators/renormalized_max_pool.h"

#include "generators/log_space.h"
#include "generators/pool_window.h"

namespace fsd {

void RenormalizedMaxPool::generate() {
    const PoolAxis columns{probability.dim(2).extent(), pool_window_x, pool_stride_x};
    const PoolAxis rows{probability.dim(3).extent(), pool_window_y, pool_stride_y};
    require_positions(*this, columns, maximum.dim(2).extent(), rows, maximum.dim(3).extent());

    offset = window_sites(columns, pool_x, rows, pool_y);
    states = Halide::RDom(0, probability.dim(0).extent(), "states");
    const Expr next =
        probability(state, group, columns.site(pool_x, offset.x), rows.site(pool_y, offset.y), sample);
    largest(state, group, pool_x, pool_y, sample) = -infinity;
    const Expr best = largest(state, group, pool_x, pool_y, sample);
    largest(state, group, pool_x, pool_y, sample) = select(exceeds(next, best), next, best);

    total(group, pool_x, pool_y, sample) = 0.f;
    total(group, pool_x, pool_y, sample) += largest(states, group, pool_x, pool_y, sample);
    scale(group, pool_x, pool_y, sample) = normalizer(total(group, pool_x, pool_y, sample));
    maximum(state, group, pool_x, pool_y, sample) =
        strict_product(best, scale(group, pool_x, pool_y, sample));

    probability.set_estimates({{0, 32}, {0, 1}, {0, 24}, {0, 24}, {0, 64}});
    maximum.set_estimates({{0, 32}, {0, 1}, {0, 12}, {0, 12}, {0, 64}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::RenormalizedMaxPool, renormalized_max_pool)
