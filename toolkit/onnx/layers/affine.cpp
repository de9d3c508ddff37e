// Transposes weights and appends Conv and Gemm.
#include "toolkit/onnx/layers/affine.h"

namespace fsd {
namespace {

const float *numbers(const Tensor &tensor) {
    return static_cast<const float *>(tensor.data());
}

std::string bias_of(OnnxChain &chain, const Layer &layer, const OnnxAffine &affine) {
    return chain.graph.numbers(layer.name + ".bias", {affine.outputs()}, affine.bias);
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

void append_conv(OnnxChain &chain, const Layer &layer, const OnnxAffine &affine, const std::string &name,
                 int groups) {
    const std::string bias = bias_of(chain, layer, affine);
    const std::string weight = chain.graph.numbers(layer.name + "." + name, affine.shape, affine.weight);
    chain.unflatten();
    const int64_t y = layer.attribute("padding_y"), x = layer.attribute("padding_x");
    OnnxGraph::Attributes attributes = {
        {"kernel_shape", {affine.shape[2], affine.shape[3]}},
        {"strides", {layer.attribute("stride_y"), layer.attribute("stride_x")}},
        {"pads", {y, x, y, x}}};
    if (groups > 1) {
        attributes.emplace_back("group", groups);
    }
    chain.append("Conv", {weight, bias}, attributes);
}

void append_gemm(OnnxChain &chain, const Layer &layer, const OnnxAffine &affine, const std::string &name) {
    const std::string bias = bias_of(chain, layer, affine);
    chain.flatten();
    const std::string weight =
        chain.graph.numbers(layer.name + "." + name, {affine.outputs(), affine.inputs()}, affine.weight);
    chain.append("Gemm", {weight, bias}, {{"transB", 1}});
}

}  // namespace fsd
