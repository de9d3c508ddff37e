// R = sum over the windows that hold the site of d_marginal / number of sites in the window; d z = h (R - sum
// h R).
#include "generators/normalize_marginal_pool_backward.h"

#include "generators/pool_window.h"

namespace fsd {

void NormalizeMarginalPoolBackward::generate() {
    const PoolAxis columns{posterior.dim(2).extent(), pool_window_x, pool_stride_x};
    const PoolAxis rows{posterior.dim(3).extent(), pool_window_y, pool_stride_y};
    require_positions(*this, columns, d_marginal.dim(2).extent(), rows, d_marginal.dim(3).extent());

    overlap = Halide::RDom(0, columns.overlaps(), 0, rows.overlaps(), "overlap");
    const Expr pool_x = columns.last(x) - overlap.x;
    const Expr pool_y = rows.last(y) - overlap.y;
    const Expr holder_x = clamp(pool_x, 0, columns.positions() - 1);
    const Expr holder_y = clamp(pool_y, 0, rows.positions() - 1);
    const Expr share = d_marginal(state, group, holder_x, holder_y, sample) /
                       cast<float>(columns.count(holder_x) * rows.count(holder_y));
    d_posterior(state, group, x, y, sample) = 0.f;
    d_posterior(state, group, x, y, sample) +=
        select(columns.covered(x, pool_x) && rows.covered(y, pool_y), share, 0.f);

    states = Halide::RDom(0, posterior.dim(0).extent(), "states");
    total(group, x, y, sample) = 0.f;
    total(group, x, y, sample) +=
        posterior(states, group, x, y, sample) * d_posterior(states, group, x, y, sample);
    d_logits(state, group, x, y, sample) =
        posterior(state, group, x, y, sample) *
        (d_posterior(state, group, x, y, sample) - total(group, x, y, sample));

    posterior.set_estimates({{0, 16}, {0, 1}, {0, 24}, {0, 24}, {0, 50}});
    d_marginal.set_estimates({{0, 16}, {0, 1}, {0, 12}, {0, 12}, {0, 50}});
    d_logits.set_estimates({{0, 16}, {0, 1}, {0, 24}, {0, 24}, {0, 50}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::NormalizeMarginalPoolBackward, normalize_marginal_pool_backward)
