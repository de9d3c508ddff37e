// d_preactivation = (1 + 2 alpha z) d_activation.
#include "generators/quadratic_backward.h"

namespace fsd {

void QuadraticBackward::generate() {
    define([this](const Expr &z, const Expr &gradient) { return (1.f + 2.f * alpha * z) * gradient; });
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::QuadraticBackward, quadratic_backward)
