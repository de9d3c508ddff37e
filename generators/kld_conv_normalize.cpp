// posterior = exp(z) / sum exp z over the states of each group, with z the evidence of kld_conv.
#include "generators/kld_conv_normalize.h"

namespace fsd {

void KldConvNormalize::generate() {
    define_evidence(posterior.dim(2).extent());
    start_at_zero({posterior});
    require_window(*this, window.columns, posterior.dim(2).extent(), window.rows, posterior.dim(3).extent());
    bayes.define_posterior(window.states, [&](const Expr &s) { return row_evidence(s); });
    define_posteriors(posterior, posterior.dim(3).extent(), posterior.dim(4).extent());

    set_input_estimates();
    posterior.set_estimates({{0, 64}, {0, 1}, {0, 32}, {0, 32}, {0, 16}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::KldConvNormalize, kld_conv_normalize)
