// What the kinds share whose layers are made of distributions.
#pragma once

#include "toolkit/onnx/layers/affine.h"

namespace fsd {

// The layer's distributions as the weights and the bias of an ordinary convolution: n log q times the unit of
// its input, and log prior. As OnnxPlace::weights says, log q, log prior and n are constants from which nodes
// compute them, in float64, rounded once; or they are constants themselves.
OnnxAffineValues add_kld(OnnxChain &chain, const OnnxPlace &place, bool as_matrix);

}  // namespace fsd
