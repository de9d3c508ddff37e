// activation = 1 / (1 + exp(-log_evidence)).
#include "generators/sigmoid.h"

#include "generators/log_space.h"

namespace fsd {

void Sigmoid::generate() {
    // exp of nothing above zero: neither overflows nor loses the small probabilities.
    const Expr evidence = log_evidence(state, site);
    const Expr ratio = exponential(strict_float(-abs(evidence)));
    activation(state, site) = strict_float(select(evidence < 0.f, ratio, 1.f) / (1.f + ratio));

    log_evidence.set_estimates({{0, 64}, {0, 4096}});
    activation.set_estimates({{0, 64}, {0, 4096}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::Sigmoid, sigmoid)
