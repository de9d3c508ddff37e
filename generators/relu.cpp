// activation = max(log_evidence, 0); NaN stays NaN.
#include "generators/relu.h"

#include "generators/approximations.h"

namespace fsd {

void Relu::generate() {
    activation(state, site) = rectified(log_evidence(state, site));

    log_evidence.set_estimates({{0, 64}, {0, 4096}});
    activation.set_estimates({{0, 64}, {0, 4096}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::Relu, relu)
