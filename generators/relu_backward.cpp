// d_log_evidence = d_activation where log_evidence > 0, else 0; NaN where log_evidence is NaN.
#include "generators/relu_backward.h"

namespace fsd {

void ReluBackward::generate() {
    const Expr evidence = log_evidence(state, site);
    d_log_evidence(state, site) =
        select(is_nan(evidence), evidence, strict_float(evidence > 0.f), d_activation(state, site), 0.f);

    log_evidence.set_estimates({{0, 64}, {0, 4096}});
    d_activation.set_estimates({{0, 64}, {0, 4096}});
    d_log_evidence.set_estimates({{0, 64}, {0, 4096}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::ReluBackward, relu_backward)
