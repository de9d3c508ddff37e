// d_log_evidence = d_activation where log_evidence > 0, else 0; NaN where log_evidence is NaN.
#include "generators/relu_backward.h"

namespace fsd {

void ReluBackward::generate() {
    define([](const Expr &evidence, const Expr &gradient) {
        return select(is_nan(evidence), evidence, strict_float(evidence > 0.f), gradient, 0.f);
    });
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::ReluBackward, relu_backward)
