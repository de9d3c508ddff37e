// activation = max(bias + sum of features times weights, 0); NaN stays NaN.
#include "generators/linear_relu.h"

#include "generators/approximations.h"

namespace fsd {

void LinearRelu::generate() {
    define(activation, rectified);
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::LinearRelu, linear_relu)
