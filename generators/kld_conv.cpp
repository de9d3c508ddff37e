// log_evidence = log_prior + observations * sum over the window of p log q.
#include "generators/kld_conv.h"

namespace fsd {

void KldConv::generate() {
    const WindowAxis columns{probability.dim(1).extent(), log_likelihood.dim(2).extent(), stride_x,
                             padding_x};
    const WindowAxis rows{probability.dim(2).extent(), log_likelihood.dim(3).extent(), stride_y, padding_y};
    const SiteOrder order{log_evidence.dim(1).extent()};
    require_window(*this, columns, log_evidence.dim(1).extent(), rows, log_evidence.dim(2).extent());

    start_at_zero({probability, log_likelihood, log_prior, log_evidence});

    window.inputs = probability.dim(0).extent();
    window.filters.states = log_likelihood.dim(0).extent();
    window.filters.groups = 1;
    window.filters.lanes = natural_vector_size<float>();
    window.define(probability, columns, rows, order, [&](const Expr &state, const Expr &) {
        return log_likelihood(state, window.input, window.window_x, window.window_y);
    });
    log_evidence(output, output_x, output_y, sample) = evidence(
        log_prior(output), observations, window.sums(output, order.site(output_x, output_y), sample));

    probability.set_estimates({{0, 32}, {0, 34}, {0, 34}, {0, 16}});
    log_likelihood.set_estimates({{0, 64}, {0, 32}, {0, 3}, {0, 3}});
    log_prior.set_estimates({{0, 64}});
    log_evidence.set_estimates({{0, 64}, {0, 32}, {0, 32}, {0, 16}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::KldConv, kld_conv)
