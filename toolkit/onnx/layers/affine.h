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

// The weights and the bias by the names of their values.
struct OnnxAffineValues {
    Shape shape;  // as OnnxAffine's
    std::string weight, bias;
};

// As constants. `name` is what the weights are called; `as_matrix`: [output, input] for Gemm.
OnnxAffineValues add_constants(OnnxChain &chain, const Layer &layer, const OnnxAffine &affine,
                               const std::string &name, bool as_matrix);

// A convolution with the strides and paddings of the layer.
void append_conv(OnnxChain &chain, const Layer &layer, const OnnxAffineValues &affine, int groups = 1);

// A product with all numbers of the map, which ONNX counts channel by channel: as a matrix product it has the
// form that runtimes do best.
void append_gemm(OnnxChain &chain, const OnnxAffineValues &affine);

// The inverse of onnx_affine()'s order: from [output, input channel, position] to [position, input channel,
// output].
void restore_affine(const float *from, int window, int channels, int outputs, float *to);

}  // namespace fsd
