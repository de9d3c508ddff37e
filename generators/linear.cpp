// preactivation = bias + sum of features times weights.
#include "generators/linear.h"

namespace fsd {

void Linear::generate() {
    define(preactivation, [](const Expr &z) { return z; });
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::Linear, linear)
