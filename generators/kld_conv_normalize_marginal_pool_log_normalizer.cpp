// marginal = mean over a window of the posteriors exp(z) / sum exp z, and log_normalizer = log sum exp z at
// each site, with z the evidence of kld_conv.
#include "generators/kld_conv_normalize_marginal_pool_log_normalizer.h"

namespace fsd {

void KldConvNormalizeMarginalPoolLogNormalizer::generate() {
    define_evidence();
    start_at_zero({marginal, log_normalizer});
    const PoolAxis pool_columns{window.columns.positions(), pool_window_x, pool_stride_x};
    const PoolAxis pool_rows{window.rows.positions(), pool_window_y, pool_stride_y};
    require_window(*this, window.columns, log_normalizer.dim(1).extent(), window.rows,
                   log_normalizer.dim(2).extent());
    require_positions(*this, pool_columns, marginal.dim(2).extent(), pool_rows, marginal.dim(3).extent());

    bayes.define_posterior(window.states, [&](const Expr &s) { return row_evidence(s); });
    std::vector<Halide::Var> row = bayes.place;
    row.insert(row.begin(), bayes.group);
    const std::vector<Expr> at_row(row.begin(), row.end());
    row_normalizer(row) = strict_sum(bayes.peak.of_any(at_row), logarithm_from_1(bayes.mass.of_any(at_row)));

    // One stage for both, so that one pass over the rows gives them.
    std::vector<Halide::Var> state_of_row = row;
    state_of_row.insert(state_of_row.begin(), bayes.state);
    Halide::Func both{"posterior_and_normalizer"};
    both(state_of_row) = Halide::Tuple(
        bayes.result(std::vector<Expr>(state_of_row.begin(), state_of_row.end())), row_normalizer(at_row));
    bayes.result = both;
    const auto at_site = [&](const Expr &s, const Expr &x, const Expr &y) {
        return PlainFormulas::are_wanted() ? both(s, group, x, y, sample)
                                           : both(s, group, window.order().site(x, y), sample);
    };

    offset = window_sites(pool_columns, pool_x, pool_rows, pool_y);
    const Expr x = pool_columns.site(pool_x, offset.x), y = pool_rows.site(pool_y, offset.y);
    sum(state, group, pool_x, pool_y, sample) = 0.f;
    sum(state, group, pool_x, pool_y, sample) += Expr(at_site(state, x, y)[0]);
    mean(state, group, pool_x, pool_y, sample) =
        strict_product(sum(state, group, pool_x, pool_y, sample),
                       probability_of_site(pool_columns, pool_x, pool_rows, pool_y));
    marginal(state, group, pool_x, pool_y, sample) = mean(state, group, pool_x, pool_y, sample);
    log_normalizer(group, output_x, output_y, sample) = Expr(at_site(0, output_x, output_y)[1]);

    set_input_estimates();
    marginal.set_estimates({{0, 64}, {0, 1}, {0, 16}, {0, 16}, {0, 16}});
    log_normalizer.set_estimates({{0, 1}, {0, 32}, {0, 32}, {0, 16}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::KldConvNormalizeMarginalPoolLogNormalizer,
                          kld_conv_normalize_marginal_pool_log_normalizer)
