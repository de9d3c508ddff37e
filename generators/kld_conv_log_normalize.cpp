// log_posterior = z - log sum exp z over the states of each group, with z the evidence of kld_conv.
#include "generators/kld_conv_log_normalize.h"

namespace fsd {

void KldConvLogNormalize::generate() {
    start_at_zero({log_posterior});
    require_window(*this, columns(), log_posterior.dim(2).extent(), rows(), log_posterior.dim(3).extent());
    define_posterior(log_posterior.dim(2).extent());
    log_posterior(state, group, output_x, output_y, sample) = log_normalized(
        bayes.evidence(state, group, output_x, output_y, sample),
        bayes.peak(group, output_x, output_y, sample), bayes.log_mass(group, output_x, output_y, sample));

    set_input_estimates();
    log_posterior.set_estimates({{0, 64}, {0, 1}, {0, 32}, {0, 32}, {0, 16}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::KldConvLogNormalize, kld_conv_log_normalize)
