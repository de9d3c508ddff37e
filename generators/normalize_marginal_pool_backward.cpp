// R = sum over the windows that hold the site of d_marginal / number of sites in the window; d z = h (R - sum
// h R).
#include "generators/normalize_marginal_pool_backward.h"

#include "generators/pool_window.h"
#include "generators/start_at_zero.h"

namespace fsd {

void NormalizeMarginalPoolBackward::generate() {
    const PoolAxis columns{posterior.dim(2).extent(), pool_window_x, pool_stride_x};
    const PoolAxis rows{posterior.dim(3).extent(), pool_window_y, pool_stride_y};
    require_positions(*this, columns, d_marginal.dim(2).extent(), rows, d_marginal.dim(3).extent());

    start_at_zero({posterior, d_marginal, d_logits});

    // Sites are summed in tiles, which may reach beyond the last column of the map.
    const Expr column = min(likely(x), columns.extent - 1);
    overlap = windows_around(columns, column, rows, y);
    share(pool_x, pool_y) = probability_of_site(columns, pool_x, rows, pool_y);
    const Expr right = columns.window_of(column, overlap.x), down = rows.window_of(y, overlap.y);
    d_posterior(state, group, x, y, sample) = 0.f;
    d_posterior(state, group, x, y, sample) =
        strict_sum(d_posterior(state, group, x, y, sample),
                   strict_product(d_marginal(state, group, right, down, sample), share(right, down)));

    weighted(state, group, x, y, sample) =
        posterior(state, group, column, y, sample) * d_posterior(state, group, x, y, sample);
    mean.sum({group, x, y, sample}, posterior.dim(0).extent(),
             [&](const Expr &which) { return weighted(which, group, x, y, sample); });
    d_logits(state, group, x, y, sample) =
        weighted(state, group, x, y, sample) -
        posterior(state, group, x, y, sample) * mean.of_any({group, x, y, sample});

    posterior.set_estimates({{0, 16}, {0, 1}, {0, 24}, {0, 24}, {0, 50}});
    d_marginal.set_estimates({{0, 16}, {0, 1}, {0, 12}, {0, 12}, {0, 50}});
    d_logits.set_estimates({{0, 16}, {0, 1}, {0, 24}, {0, 24}, {0, 50}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::NormalizeMarginalPoolBackward, normalize_marginal_pool_backward)
