// d_log_evidence = d_activation activation (1 - activation).
#include "generators/sigmoid_backward.h"

namespace fsd {

void SigmoidBackward::generate() {
    const Expr probability = activation(state, site);
    d_log_evidence(state, site) =
        strict_float(d_activation(state, site) * (probability * (1.f - probability)));

    activation.set_estimates({{0, 64}, {0, 4096}});
    d_activation.set_estimates({{0, 64}, {0, 4096}});
    d_log_evidence.set_estimates({{0, 64}, {0, 4096}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::SigmoidBackward, sigmoid_backward)
