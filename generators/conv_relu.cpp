// activation = max(bias + sum over the window of features times weights, 0); NaN stays NaN.
#include "generators/conv_relu.h"

#include "generators/approximations.h"

namespace fsd {

void ConvRelu::generate() {
    define(activation, rectified);
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::ConvRelu, conv_relu)
