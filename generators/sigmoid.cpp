// activation = 1 / (1 + exp(-log_evidence)).
#include "generators/sigmoid.h"

#include "generators/approximations.h"

namespace fsd {

void Sigmoid::generate() {
    activation(state, site) = logistic(log_evidence(state, site));

    log_evidence.set_estimates({{0, 64}, {0, 4096}});
    activation.set_estimates({{0, 64}, {0, 4096}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::Sigmoid, sigmoid)
