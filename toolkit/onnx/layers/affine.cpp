// Transposes weights and appends Conv and Gemm.
#include "toolkit/onnx/layers/affine.h"

namespace fsd {
namespace {

const float *numbers(const Tensor &tensor) {
    return static_cast<const float *>(tensor.data());
}

}  // namespace

OnnxAffine onnx_affine(const Tensor &weight, const Tensor &bias, int window_y, int window_x, double factor) {
    const auto outputs = static_cast<int>(bias.number_of_elements());
    const int window = window_y * window_x,
              channels = static_cast<int>(weight.number_of_elements() / outputs) / window;
    OnnxAffine affine{{outputs, channels, window_y, window_x}, {}, {numbers(bias), numbers(bias) + outputs}};
    affine.weight.reserve(weight.number_of_elements());
    for (int output = 0; output < outputs; output++) {
        for (int channel = 0; channel < channels; channel++) {
            for (int position = 0; position < window; position++) {
                const std::size_t row = static_cast<std::size_t>(position) * channels + channel;
                affine.weight.push_back(static_cast<float>(factor * numbers(weight)[row * outputs + output]));
            }
        }
    }
    return affine;
}

OnnxAffineValues add_constants(OnnxChain &chain, const Layer &layer, const OnnxAffine &affine,
                               const std::string &name, bool as_matrix) {
    const std::string bias = chain.graph.numbers(layer.name + ".bias", {affine.outputs()}, affine.bias);
    const Shape matrix = {affine.outputs(), affine.inputs()};
    return {affine.shape,
            chain.graph.numbers(layer.name + "." + name, as_matrix ? matrix : affine.shape, affine.weight),
            bias};
}

void append_conv(OnnxChain &chain, const Layer &layer, const OnnxAffineValues &affine, int groups) {
    chain.unflatten();
    const int64_t y = layer.attribute("padding_y"), x = layer.attribute("padding_x");
    OnnxGraph::Attributes attributes = {
        {"kernel_shape", {affine.shape[2], affine.shape[3]}},
        {"strides", {layer.attribute("stride_y"), layer.attribute("stride_x")}},
        {"pads", {y, x, y, x}}};
    if (groups > 1) {
        attributes.emplace_back("group", groups);
    }
    chain.append("Conv", {affine.weight, affine.bias}, attributes);
}

void append_gemm(OnnxChain &chain, const OnnxAffineValues &affine) {
    chain.flatten();
    chain.append("Gemm", {affine.weight, affine.bias}, {{"transB", 1}});
}

void restore_affine(const float *from, int window, int channels, int outputs, float *to) {
    for (int output = 0; output < outputs; output++) {
        for (int channel = 0; channel < channels; channel++) {
            for (int position = 0; position < window; position++) {
                const std::size_t row = static_cast<std::size_t>(position) * channels + channel;
                to[row * outputs + output] = *from++;
            }
        }
    }
}

}  // namespace fsd
