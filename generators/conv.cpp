// preactivation = bias + sum over the window of features times weights.
#include "generators/conv.h"

namespace fsd {

void Conv::generate() {
    define(preactivation, [](const Expr &z) { return z; });
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::Conv, conv)
