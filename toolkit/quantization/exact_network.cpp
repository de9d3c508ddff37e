// Layer by layer, in float64.
#include "toolkit/quantization/exact_network.h"

#include "runtime/layers/layer_kind.h"

namespace fsd {

ExactNetwork::ExactNetwork(const Model &model) : model_(model), shapes_(activation_shapes(model)) {
    for (ExactLayer &stored : stored_layers(model)) {
        layers_.push_back(centered(std::move(stored)));
        const ExactLayer &layer = layers_.back();
        sums_.emplace_back(layer.window, layer.input, layer.weights, layer.outputs());
    }
}

NumberMap ExactNetwork::evidence(std::size_t k, const NumberMap &probability) const {
    const ExactLayer &layer = layers_[k];
    NumberMap z(shapes_[layer.index + 1]);
    sums_[k].run(probability.numbers.data(), z.shape, [&](std::size_t site, std::size_t output, double sum) {
        z.numbers[site * static_cast<std::size_t>(layer.outputs()) + output] = sum + layer.biases[output];
    });
    return z;
}

Trace ExactNetwork::run(const uint8_t *image) const {
    Trace trace = {image_map(model_.input, image)};
    std::size_t k = 0;
    for (std::size_t index = 0; index < model_.layers.size(); index++) {
        const Layer &layer = model_.layers[index];
        trace.push_back(layer_kind(layer.op).gives_evidence_of_distributions
                            ? evidence(k++, trace.back())
                            : apply_plain(layer, trace.back(), shapes_[index + 1]));
    }
    return trace;
}

}  // namespace fsd
