// Rounds, sums integers, scales, normalizes.
#include "toolkit/quantization/integer_network.h"

#include "runtime/error.h"
#include "runtime/layers/layer_kind.h"
#include "toolkit/quantization/each_image.h"

#include <algorithm>
#include <cmath>

namespace fsd {
namespace {

template<typename Number>
std::vector<Number> weights_as(const Tensor &weights) {
    const std::size_t count = weights.number_of_elements();
    if (weights.type().bits == 8) {
        const auto *first = static_cast<const int8_t *>(weights.data());
        return {first, first + count};
    }
    const auto *first = static_cast<const int16_t *>(weights.data());
    return {first, first + count};
}

template<typename Number, typename Sum>
WindowSums<Number, Sum> sums_of(const QuantizedLayer &layer, const LayerWindow &window, Shape input,
                                bool used) {
    input[3] = layer.weights.dim(1).extent();
    return used ? WindowSums<Number, Sum>(window, input, weights_as<Number>(layer.weights),
                                          layer.weights.dim(0).extent())
                : WindowSums<Number, Sum>(window, input, {}, 0);
}

// Sums to `whole` afterwards.
void repair_sum(int32_t *states, int count, int32_t whole) {
    int32_t sum = 0;
    for (int s = 0; s < count; s++) {
        sum += states[s];
    }
    *std::max_element(states, states + count) += whole - sum;
}

}  // namespace

void check_images(const Input &input, const Tensor &images) {
    const Shape shape = images.dimensions() == 4 ? shape_of(images) : Shape{};
    if (shape.empty() || shape[1] != input.height || shape[2] != input.width || shape[3] != input.colors ||
        images.type() != halide_type_of<uint8_t>() || images.size_in_bytes() != images.number_of_elements()) {
        throw Error(ExitCode::bad_input, text("The network takes dense uint8 images [sample, ", input.height,
                                              ", ", input.width, ", ", input.colors, "]; found ",
                                              to_string(images.type()), " ", to_string(shape), "."));
    }
}

std::vector<int32_t> rounded_activations(const QuantizedLayer &layer, const NumberMap &probability) {
    const double scale = layer.activation_scale();
    std::vector<int32_t> integers;
    integers.reserve(probability.numbers.size());
    const std::size_t step = layer.takes_log_odds() ? 2 : 1;
    for (std::size_t i = step - 1; i < probability.numbers.size(); i += step) {
        integers.push_back(static_cast<int32_t>(std::lround(scale * probability.numbers[i])));
    }
    if (layer.activation_bits == 16) {
        const int states = probability.states();
        for (std::size_t first = 0; first < integers.size(); first += static_cast<std::size_t>(states)) {
            repair_sum(&integers[first], states, static_cast<int32_t>(scale));
        }
    }
    return integers;
}

IntegerNetwork::IntegerNetwork(QuantizedNetwork network)
    : network_(std::move(network)), shapes_(activation_shapes(network_.description)) {
    for (const QuantizedLayer &layer : network_.layers) {
        const Shape &input = shapes_[layer.index];
        const LayerWindow window = window_of(network_.description.layers[layer.index], input);
        const bool narrow = layer.activation_bits == 8;
        narrow_.push_back(sums_of<int16_t, int32_t>(layer, window, input, narrow));
        wide_.push_back(sums_of<double, double>(layer, window, input, !narrow));
    }
}

std::vector<int32_t> IntegerNetwork::activations(std::size_t k, const NumberMap &probability) const {
    return rounded_activations(network_.layers[k], probability);
}

NumberMap IntegerNetwork::evidence(std::size_t k, const std::vector<int32_t> &activations) const {
    const QuantizedLayer &layer = network_.layers[k];
    NumberMap z(shapes_[layer.index + 1]);
    const auto *scales = static_cast<const float *>(layer.scales.data());
    const auto *biases = static_cast<const float *>(layer.biases.data());
    const auto outputs = static_cast<std::size_t>(z.channels());
    const auto at = [&](std::size_t site, std::size_t output, auto sum) {
        z.numbers[site * outputs + output] = scales[output] / layer.activation_scale() * sum + biases[output];
    };
    if (layer.activation_bits == 8) {
        const std::vector<int16_t> integers(activations.begin(), activations.end());
        narrow_[k].run(integers.data(), z.shape, at);
    } else {
        const std::vector<double> integers(activations.begin(), activations.end());
        wide_[k].run(integers.data(), z.shape, at);
    }
    return z;
}

NumberMap IntegerNetwork::after(std::size_t index, std::size_t &k, const NumberMap &input) const {
    const Layer &layer = network_.description.layers[index];
    if (layer_kind(layer.op).gives_evidence_of_distributions) {
        const std::size_t here = k++;
        return evidence(here, activations(here, input));
    }
    return apply_plain(layer, input, shapes_[index + 1]);
}

Trace IntegerNetwork::run(const uint8_t *image) const {
    Trace trace = {image_map(network_.description.input, image)};
    std::size_t k = 0;
    for (std::size_t index = 0; index < network_.description.layers.size(); index++) {
        trace.push_back(after(index, k, trace.back()));
    }
    return trace;
}

NumberMap IntegerNetwork::log_posterior(const uint8_t *image) const {
    NumberMap map = image_map(network_.description.input, image);
    std::size_t k = 0;
    for (std::size_t index = 0; index < network_.description.layers.size(); index++) {
        map = after(index, k, map);
    }
    return map;
}

Tensor IntegerNetwork::log_posteriors(const Tensor &images) const {
    check_images(network_.description.input, images);
    const int samples = images.dim(3).extent();
    const std::size_t classes = network_.description.classes.size();
    Tensor result = make_tensor<float>({samples, static_cast<int>(classes)});
    auto *rows = static_cast<float *>(result.data());
    for_each_image("evaluates images", images, [&](std::size_t sample, const uint8_t *image) {
        const NumberMap row = log_posterior(image);
        std::transform(row.numbers.begin(), row.numbers.end(), rows + sample * classes,
                       [](double number) { return static_cast<float>(number); });
    });
    return result;
}

}  // namespace fsd
