// A layer's distributions as the weights of an ordinary convolution.
#pragma once

#include "runtime/layers/kld_parameters.h"

#include <vector>

namespace fsd {

struct OnnxWeights {
    Shape shape;                 // output, input channel, window_y, window_x
    std::vector<float> filters;  // scale * n * log q, in that order
    std::vector<float> bias;     // log prior, nats, by output
};

// n is folded into the filters; `scale` makes up for an input that is not a probability (1/255 for bytes).
OnnxWeights onnx_weights(const KldParameters &parameters, double scale);

}  // namespace fsd
