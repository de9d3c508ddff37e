// log_evidence = log_prior + observations * sum over the window of p log q.
#include "generators/kld_conv.h"

namespace fsd {

void KldConv::generate() {
    window.columns = {probability.dim(1).extent(), log_likelihood.dim(2).extent(), stride_x, padding_x};
    window.rows = {probability.dim(2).extent(), log_likelihood.dim(3).extent(), stride_y, padding_y};
    require_window(*this, window.columns, log_evidence.dim(1).extent(), window.rows,
                   log_evidence.dim(2).extent());
    start_at_zero({probability, log_likelihood, log_prior, log_evidence});

    window.width = log_evidence.dim(1).extent();
    window.inputs = probability.dim(0).extent();
    window.states = log_likelihood.dim(0).extent();
    window.groups = 1;
    window.observations = observations;
    window.lanes = measured.number(target, vector_width(target));
    window.define(
        probability,
        [&](const Expr &state, const Expr &, const Expr &input, const Expr &x, const Expr &y) {
            return log_likelihood(state, input, x, y);
        },
        [&](const Expr &state, const Expr &) { return log_prior(state); });
    places = define_map(log_evidence, {output, output_x, output_y, sample}, window.order(),
                        log_evidence.dim(2).extent(), log_evidence.dim(3).extent(),
                        [&](const std::vector<Expr> &place) { return window.at(output, Expr(), place); });

    probability.set_estimates({{0, 32}, {0, 34}, {0, 34}, {0, 16}});
    log_likelihood.set_estimates({{0, 64}, {0, 32}, {0, 3}, {0, 3}});
    log_prior.set_estimates({{0, 64}});
    log_evidence.set_estimates({{0, 64}, {0, 32}, {0, 32}, {0, 16}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::KldConv, kld_conv)
