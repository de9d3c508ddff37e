// d_probability = sum over the windows that hold the site of d_marginal / number of sites in the window.
#include "generators/marginal_pool_backward.h"

#include "generators/pool_window.h"

namespace fsd {

void MarginalPoolBackward::generate() {
    const PoolAxis columns{d_probability.dim(1).extent(), pool_window_x, pool_stride_x};
    const PoolAxis rows{d_probability.dim(2).extent(), pool_window_y, pool_stride_y};
    require_positions(*this, columns, d_marginal.dim(1).extent(), rows, d_marginal.dim(2).extent());

    overlap = windows_around(columns, x, rows, y);
    const Expr share =
        share_of_window(columns, rows, overlap, x, y, [&](const Expr &pool_x, const Expr &pool_y) {
            return d_marginal(channel, pool_x, pool_y, sample);
        });
    sum(channel, x, y, sample) = 0.f;
    sum(channel, x, y, sample) = strict_sum(sum(channel, x, y, sample), share);
    d_probability(channel, x, y, sample) = sum(channel, x, y, sample);

    d_marginal.set_estimates({{0, 32}, {0, 12}, {0, 12}, {0, 64}});
    d_probability.set_estimates({{0, 32}, {0, 24}, {0, 24}, {0, 64}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::MarginalPoolBackward, marginal_pool_backward)
