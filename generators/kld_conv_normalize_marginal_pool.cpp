// marginal = mean over a window of the posteriors exp(z) / sum exp z, with z the evidence of kld_conv.
#include "generators/kld_conv_normalize_marginal_pool.h"

namespace fsd {

void KldConvNormalizeMarginalPool::generate() {
    define_evidence();
    start_at_zero({marginal});
    const PoolAxis pool_columns{window.columns.positions(), pool_window_x, pool_stride_x};
    const PoolAxis pool_rows{window.rows.positions(), pool_window_y, pool_stride_y};
    require_window(*this, window.columns, window.columns.positions(), window.rows, window.rows.positions());
    require_positions(*this, pool_columns, marginal.dim(2).extent(), pool_rows, marginal.dim(3).extent());

    bayes.define_posterior(window.states, [&](const Expr &s) { return row_evidence(s); });

    offset = window_sites(pool_columns, pool_x, pool_rows, pool_y);
    const Expr x = pool_columns.site(pool_x, offset.x), y = pool_rows.site(pool_y, offset.y);
    const Expr at_offset = PlainFormulas::are_wanted()
                               ? bayes.result(state, group, x, y, sample)
                               : bayes.result(state, group, window.order().site(x, y), sample);
    const Expr position = probability_of_site(pool_columns, pool_x, pool_rows, pool_y);
    sum(state, group, pool_x, pool_y, sample) = 0.f;
    sum(state, group, pool_x, pool_y, sample) += at_offset;
    mean(state, group, pool_x, pool_y, sample) =
        strict_product(sum(state, group, pool_x, pool_y, sample), position);
    marginal(state, group, pool_x, pool_y, sample) = mean(state, group, pool_x, pool_y, sample);

    set_input_estimates();
    marginal.set_estimates({{0, 64}, {0, 1}, {0, 16}, {0, 16}, {0, 16}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::KldConvNormalizeMarginalPool, kld_conv_normalize_marginal_pool)
