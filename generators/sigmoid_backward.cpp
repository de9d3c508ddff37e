// d_log_evidence = d_activation activation (1 - activation).
#include "generators/sigmoid_backward.h"

namespace fsd {

void SigmoidBackward::generate() {
    define([](const Expr &probability, const Expr &gradient) {
        return strict_float(gradient * (probability * (1.f - probability)));
    });
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::SigmoidBackward, sigmoid_backward)
