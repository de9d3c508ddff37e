// d_log_probability = sum over the windows that hold the site of P(site | state) d_log_marginal, with the
// posterior of the position P(site | state) = exp(log_probability - log_marginal) / N.
#include "generators/log_marginal_pool_backward.h"

#include "generators/log_space.h"
#include "generators/pool_window.h"

namespace fsd {

void LogMarginalPoolBackward::generate() {
    const PoolAxis columns{d_log_probability.dim(1).extent(), pool_window_x, pool_stride_x};
    const PoolAxis rows{d_log_probability.dim(2).extent(), pool_window_y, pool_stride_y};
    require_positions(*this, columns, log_marginal.dim(1).extent(), rows, log_marginal.dim(2).extent());

    overlap = windows_around(columns, x, rows, y);
    const Expr right = columns.window_of(x, overlap.x), down = rows.window_of(y, overlap.y);
    const Expr own = log_probability(channel, x, y, sample),
               pooled = log_marginal(channel, right, down, sample);
    // A state that is impossible in the whole window has no site to prefer.
    const Expr impossible = strict_equal(own, -infinity) && strict_equal(pooled, -infinity);
    const Expr likelihood = select(impossible, 0.f, exponential(centered(own, pooled)));
    const Expr position = probability_of_site(columns, right, rows, down);
    const Expr share =
        strict_product(strict_product(likelihood, position), d_log_marginal(channel, right, down, sample));

    sum(channel, x, y, sample) = 0.f;
    sum(channel, x, y, sample) = strict_sum(sum(channel, x, y, sample), share);
    d_log_probability(channel, x, y, sample) = sum(channel, x, y, sample);

    log_probability.set_estimates({{0, 32}, {0, 24}, {0, 24}, {0, 64}});
    log_marginal.set_estimates({{0, 32}, {0, 12}, {0, 12}, {0, 64}});
    d_log_marginal.set_estimates({{0, 32}, {0, 12}, {0, 12}, {0, 64}});
    d_log_probability.set_estimates({{0, 32}, {0, 24}, {0, 24}, {0, 64}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::LogMarginalPoolBackward, log_marginal_pool_backward)
