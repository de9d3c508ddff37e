// activation = max(log_evidence, 0); NaN stays NaN.
#include "generators/relu.h"

namespace fsd {

void Relu::generate() {
    const Expr evidence = log_evidence(state, site);
    activation(state, site) = select(strict_float(evidence > 0.f) || is_nan(evidence), evidence, 0.f);

    log_evidence.set_estimates({{0, 64}, {0, 4096}});
    activation.set_estimates({{0, 64}, {0, 4096}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::Relu, relu)
