// What the kinds share whose layers are made of distributions.
#pragma once

#include "toolkit/onnx/layers/affine.h"

namespace fsd {

// The layer's distributions as the weights of an ordinary convolution: n log q times the unit of its input,
// and log prior.
OnnxAffine onnx_kld(const OnnxPlace &place);

}  // namespace fsd
