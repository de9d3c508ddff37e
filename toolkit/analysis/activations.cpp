// Runs the network layer by layer and keeps what was asked for.
#include "toolkit/analysis/activations.h"

#include "runtime/error.h"
#include "runtime/network.h"

#include <algorithm>
#include <cstring>

namespace fsd::analysis {
namespace {

double number_at(const Tensor &inputs, std::size_t index) {
    return inputs.type() == halide_type_of<std::uint8_t>()
               ? static_cast<const std::uint8_t *>(inputs.data())[index]
               : static_cast<const float *>(inputs.data())[index];
}

// What the first layer reads: the states' probabilities (P(0), P(1)) of each color, or scaled numbers.
Tensor read_by_first_layer(const Input &input, const Tensor &inputs) {
    const int samples = shape_of(inputs).front(), states = input.kind == InputKind::bernoulli ? 2 : 1;
    Tensor read = make_tensor<float>({samples, input.height, input.width, input.colors * states});
    auto *next = static_cast<float *>(read.data());
    const bool bytes = inputs.type() == halide_type_of<std::uint8_t>();
    const std::size_t count = inputs.number_of_elements();
    for (std::size_t i = 0; i < count; i++) {
        const double value = number_at(inputs, i);
        if (states == 2) {
            const double on = bytes ? value / 255 : value;
            *next++ = static_cast<float>(1 - on);
            *next++ = static_cast<float>(on);
        } else {
            const auto color = static_cast<int>(i % static_cast<std::size_t>(input.colors));
            *next++ = static_cast<float>(input.scale_of(color) * value + input.offset_of(color));
        }
    }
    return read;
}

void check(const Model &model, const std::vector<std::size_t> &layers) {
    for (const std::size_t layer : layers) {
        if (layer > model.layers.size()) {
            throw Error(ExitCode::bad_input,
                        text("The network has ", model.layers.size(),
                             " layers, so that its activations are numbered 0 (the input) to ",
                             model.layers.size(), "; found ", layer, "."));
        }
    }
}

}  // namespace

std::map<std::size_t, Tensor> activations_of(const Model &model, const Tensor &inputs,
                                             const std::vector<std::size_t> &layers) {
    check(model, layers);
    const int samples = shape_of(inputs).front();
    const std::vector<Shape> shapes = activation_shapes(model);
    std::map<std::size_t, Tensor> result;
    std::map<std::size_t, float *> next;
    for (const std::size_t layer : layers) {
        const Shape &shape = shapes[layer];
        result[layer] = layer == 0 ? read_by_first_layer(model.input, inputs)
                                   : make_tensor<float>({samples, shape[0], shape[1], shape[2] * shape[3]});
        next[layer] = static_cast<float *>(result[layer].data());
    }
    NetworkOptions options;
    options.fuse = false;
    Network network(model, options);
    Tensor end = make_tensor<float>({samples, result_size(model)});
    network.run(inputs, end, [&](std::size_t layer, const Tensor &activation) {
        const auto place = next.find(layer + 1);
        if (place != next.end()) {
            const std::size_t count = activation.number_of_elements();
            std::memcpy(place->second, activation.data(), count * sizeof(float));
            place->second += count;
        }
    });
    return result;
}

}  // namespace fsd::analysis
