// log_posterior = z - log sum exp z over the states of each group, with z the evidence of kld_conv.
#include "generators/kld_conv_log_normalize.h"

namespace fsd {

void KldConvLogNormalize::generate() {
    define_evidence(log_posterior.dim(2).extent());
    start_at_zero({log_posterior});
    require_window(*this, window.columns, log_posterior.dim(2).extent(), window.rows,
                   log_posterior.dim(3).extent());
    bayes.define_log_posterior(window.states, [&](const Expr &s) { return row_evidence(s); });
    define_posteriors(log_posterior, log_posterior.dim(3).extent(), log_posterior.dim(4).extent());

    set_input_estimates();
    log_posterior.set_estimates({{0, 64}, {0, 1}, {0, 32}, {0, 32}, {0, 16}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::KldConvLogNormalize, kld_conv_log_normalize)
