// locally_connected: ONNX has no such operator. A convolution with ones lays each window out as channels,
// which is exact; a matrix product for each site follows.
#include "toolkit/onnx/layers/onnx_layer.h"

#include <algorithm>

namespace fsd::onnx_layers {
namespace {

// [sample, channel, y, x] to [sample, channel * window + position, output_y, output_x]: each channel by
// itself.
void append_windows(OnnxChain &chain, const Layer &layer) {
    const int y = layer.attribute("window_y"), x = layer.attribute("window_x"), window = y * x;
    const auto channels = static_cast<int>(chain.channels());
    std::vector<float> ones;
    for (int row = 0; row < channels * window; row++) {
        for (int position = 0; position < window; position++) {
            ones.push_back(position == row % window ? 1 : 0);
        }
    }
    const int64_t padding_y = layer.attribute("padding_y"), padding_x = layer.attribute("padding_x");
    chain.append("Conv", {chain.graph.numbers(layer.name + ".window", {channels * window, 1, y, x}, ones)},
                 {{"kernel_shape", {y, x}},
                  {"strides", {layer.attribute("stride_y"), layer.attribute("stride_x")}},
                  {"pads", {padding_y, padding_x, padding_y, padding_x}},
                  {"group", channels}});
}

// [site, position, channel, output] to [site, channel, position, output].
std::vector<float> channels_first(const Tensor &weight, int sites, int window, int channels, int outputs) {
    const auto *from = static_cast<const float *>(weight.data());
    std::vector<float> to;
    to.reserve(weight.number_of_elements());
    for (int site = 0; site < sites; site++) {
        for (int channel = 0; channel < channels; channel++) {
            for (int position = 0; position < window; position++) {
                const std::size_t row =
                    (static_cast<std::size_t>(site) * window + position) * channels + channel;
                to.insert(to.end(), from + row * outputs, from + (row + 1) * outputs);
            }
        }
    }
    return to;
}

void append(OnnxChain &chain, const OnnxPlace &place) {
    const Layer &layer = place.layer();
    const Tensor &bias = place.stored("bias");
    const int y = place.output[0], x = place.output[1], outputs = place.output[3];
    const int window = layer.attribute("window_y") * layer.attribute("window_x");
    const auto channels = static_cast<int>(chain.channels());
    chain.unflatten();
    append_windows(chain, layer);
    chain.append("Transpose", {}, {{"perm", {2, 3, 0, 1}}});  // [y, x, sample, input]
    chain.append("MatMul", {chain.graph.numbers(
                               layer.name + ".weight", {y, x, channels * window, outputs},
                               channels_first(place.stored("weight"), y * x, window, channels, outputs))});
    const auto *biases = static_cast<const float *>(bias.data());
    chain.append("Add", {chain.graph.numbers(layer.name + ".bias", {y, x, 1, outputs},
                                             {biases, biases + bias.number_of_elements()})});
    chain.append("Transpose", {}, {{"perm", {2, 3, 0, 1}}});
}

// The inverse of channels_first().
void restore(const OnnxWeightPlace &place, const float *from, float *to) {
    const Shape &shape = place.shape;  // output_y, output_x, window_y, window_x, channel, output
    const int sites = shape[0] * shape[1], window = shape[2] * shape[3], channels = shape[4],
              outputs = shape[5];
    for (int site = 0; site < sites; site++) {
        for (int channel = 0; channel < channels; channel++) {
            for (int position = 0; position < window; position++, from += outputs) {
                const std::size_t row =
                    (static_cast<std::size_t>(site) * window + position) * channels + channel;
                std::copy(from, from + outputs, to + row * outputs);
            }
        }
    }
}

}  // namespace

OnnxLayer locally_connected() {
    return {append, false, "weight", restore};
}

}  // namespace fsd::onnx_layers
