// posterior = exp(z) / sum exp z over the states of each group, with z the evidence of kld_conv.
#include "generators/kld_conv_normalize.h"

namespace fsd {

void KldConvNormalize::generate() {
    start_at_zero({posterior});
    require_window(*this, columns(), posterior.dim(2).extent(), rows(), posterior.dim(3).extent());
    define_posterior(posterior.dim(2).extent());
    posterior(state, group, output_x, output_y, sample) =
        strict_product(bayes.weight(state, group, output_x, output_y, sample),
                       bayes.scale(group, output_x, output_y, sample));

    set_input_estimates();
    posterior.set_estimates({{0, 64}, {0, 1}, {0, 32}, {0, 32}, {0, 16}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::KldConvNormalize, kld_conv_normalize)
