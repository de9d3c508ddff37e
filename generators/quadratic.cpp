// activation = z + alpha z^2.
#include "generators/quadratic.h"

namespace fsd {

void Quadratic::generate() {
    define([this](const Expr &z) { return z + alpha * z * z; });
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::Quadratic, quadratic)
