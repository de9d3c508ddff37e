// Weights and biases in ONNX's order, and the nodes that multiply by them.
#pragma once

#include "toolkit/onnx/layers/onnx_layer.h"

#include <vector>

namespace fsd {

struct OnnxAffine {
    Shape shape;                // output, input channel, window_y, window_x
    std::vector<float> weight;  // in that order: products with a factor, rounded once
    std::vector<float> bias;    // by output

    int outputs() const { return shape[0]; }
    int inputs() const { return shape[1] * shape[2] * shape[3]; }
};

// weight: dense, [position of the window, input channel, output]; bias: dense, [output].
OnnxAffine onnx_affine(const Tensor &weight, const Tensor &bias, int window_y, int window_x,
                       double factor = 1);

// A convolution with the strides and paddings of the layer. `name` is what the weights are called.
void append_conv(OnnxChain &chain, const Layer &layer, const OnnxAffine &affine, const std::string &name,
                 int groups = 1);

// A product with all numbers of the map, which ONNX counts channel by channel: as a matrix product it has the
// form that runtimes do best.
void append_gemm(OnnxChain &chain, const Layer &layer, const OnnxAffine &affine, const std::string &name);

}  // namespace fsd
