// activation = max(log_evidence, 0); NaN stays NaN.
#include "generators/relu.h"

#include "generators/approximations.h"

namespace fsd {

void Relu::generate() {
    define(rectified);
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::Relu, relu)
