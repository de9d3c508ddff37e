// Rounds weights to integers with one scale per output, and chooses biases.
#include "runtime/error.h"
#include "runtime/formats/json_text.h"
#include "runtime/layers/kld_parameters.h"
#include "runtime/system/floating_point.h"
#include "toolkit/quantization/exact_layer.h"
#include "toolkit/quantization/quantized_network.h"
#include "toolkit/quantization/rounding.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fsd {
namespace {

double largest_integer(int bits) {
    return bits == 8 ? 127 : 32767;
}

// An output whose weights are all 0 has any scale; 1 is one.
float scale_of(const ExactLayer &layer, int output, double most) {
    double largest = 0;
    const auto outputs = static_cast<std::size_t>(layer.outputs());
    for (auto i = static_cast<std::size_t>(output); i < layer.weights.size(); i += outputs) {
        largest = std::max(largest, std::fabs(layer.weights[i]));
    }
    const auto scale = static_cast<float>(largest / most);
    return scale >= std::numeric_limits<float>::min() ? scale : 1;
}

Shape weight_shape(const ExactLayer &layer, bool log_odds) {
    return {layer.window.height, layer.window.width, layer.input[2], log_odds ? 1 : layer.input[3],
            layer.outputs()};
}

template<typename Integer>
Tensor rounded_weights(const ExactLayer &layer, const std::vector<float> &scales, double most,
                       bool log_odds) {
    Tensor tensor = make_tensor<Integer>(weight_shape(layer, log_odds));
    auto *place = static_cast<Integer *>(tensor.data());
    for (std::size_t variable = 0; variable < layer.variables(); variable++) {
        for (int state = log_odds ? 1 : 0; state < layer.input[3]; state++) {
            for (int output = 0; output < layer.outputs(); output++) {
                const double exact = layer.weight(variable, state, output) / scales[output];
                *place++ = static_cast<Integer>(std::clamp(std::round(exact), -most, most));
            }
        }
    }
    return tensor;
}

double weight_at(const Tensor &weights, std::size_t i) {
    return weights.type().bits == 8 ? static_cast<const int8_t *>(weights.data())[i]
                                    : static_cast<const int16_t *>(weights.data())[i];
}

// Over all weights of each output, f(weight) added up.
template<typename Function>
std::vector<double> sums_by_output(const Tensor &weights, std::size_t outputs, const Function &f) {
    std::vector<double> sums(outputs);
    for (std::size_t i = 0; i < weights.number_of_elements(); i++) {
        sums[i % outputs] += f(weight_at(weights, i));
    }
    return sums;
}

// Whether the integer sums of all inputs fit what they are summed in: int32, or float64 behind 16 bits.
void check_sums(const QuantizedLayer &layer, std::size_t outputs) {
    const double most = layer.activation_bits == 8 ? std::numeric_limits<int32_t>::max() : std::pow(2.0, 53);
    for (const double sum : sums_by_output(layer.weights, outputs, [](double w) { return std::fabs(w); })) {
        if (sum * layer.activation_scale() > most) {
            throw Error(ExitCode::unsupported,
                        text("layer ", quoted(layer.name), ": a sum of its integers could reach ",
                             sum * layer.activation_scale(), ", which does not fit the ",
                             layer.activation_bits == 8 ? "32 bits" : "53 bits",
                             " that they are summed in; the window has too many inputs."));
        }
    }
}

QuantizedLayer quantized(const ExactLayer &layer, LayerBits bits, bool log_odds) {
    const double most = largest_integer(bits.weights);
    const auto outputs = static_cast<std::size_t>(layer.outputs());
    std::vector<float> scales;
    for (int output = 0; output < layer.outputs(); output++) {
        scales.push_back(scale_of(layer, output, most));
    }
    QuantizedLayer result;
    result.index = layer.index;
    result.name = layer.name;
    result.activation_bits = bits.activations;
    result.weights = bits.weights == 8 ? rounded_weights<int8_t>(layer, scales, most, log_odds)
                                       : rounded_weights<int16_t>(layer, scales, most, log_odds);
    check_sums(result, outputs);
    // p0 (-w) + p1 w = 2 p1 w - w: half the multiplications by twice the scale and another bias.
    const double factor = log_odds ? 2 : 1;
    const std::vector<double> sums = sums_by_output(result.weights, outputs, [](double w) { return w; });
    result.scales = make_tensor<float>({layer.outputs()});
    result.biases = make_tensor<float>({layer.groups, layer.states});
    for (std::size_t output = 0; output < outputs; output++) {
        static_cast<float *>(result.scales.data())[output] = static_cast<float>(factor * scales[output]);
        static_cast<float *>(result.biases.data())[output] = static_cast<float>(
            layer.biases[output] - (log_odds ? static_cast<double>(scales[output]) * sums[output] : 0));
    }
    return result;
}

}  // namespace

std::size_t QuantizedNetwork::parameter_count() const {
    std::size_t count = 0;
    for (const QuantizedLayer &layer : layers) {
        for (const Tensor *tensor : {&layer.weights, &layer.scales, &layer.biases}) {
            count += tensor->number_of_elements();
        }
    }
    return count;
}

QuantizedNetwork quantize(const Model &model, const std::vector<LayerBits> &bits) {
    const FloatingPointMode mode = FloatingPointMode::standard();
    const std::vector<ExactLayer> layers = stored_layers(model);
    QuantizedNetwork network{model, {}};
    network.description.tensors.clear();
    network.description.novelty.reset();
    for (std::size_t k = 0; k < layers.size(); k++) {
        const bool reads_pixels = layers[k].index == 0;
        const LayerBits chosen{bits.at(k).weights, reads_pixels ? 8 : bits.at(k).activations};
        network.layers.push_back(
            quantized(centered(layers[k]), chosen, reads_pixels && reads_success_probability(model)));
    }
    return network;
}

QuantizedNetwork quantize(const Model &model) {
    return quantize(model, std::vector<LayerBits>(model.layers.size()));
}

RoundingErrors rounding_errors(const ExactLayer &layer, const QuantizedLayer &quantized) {
    const auto outputs = static_cast<std::size_t>(layer.outputs());
    const bool log_odds = quantized.takes_log_odds() && layer.input[3] == 2;
    const auto *scales = static_cast<const float *>(quantized.scales.data());
    const auto *biases = static_cast<const float *>(quantized.biases.data());
    RoundingErrors errors{std::vector<double>(layer.weights.size()), std::vector<double>(outputs)};
    for (std::size_t i = 0; i < layer.weights.size(); i++) {
        const std::size_t output = i % outputs, row = i / outputs;
        const double scale = log_odds ? scales[output] / 2.0 : scales[output];
        const double sign = log_odds && row % 2 == 0 ? -1 : 1;
        const std::size_t stored = log_odds ? row / 2 * outputs + output : i;
        errors.weights[i] = sign * scale * weight_at(quantized.weights, stored) - layer.weights[i];
    }
    const std::vector<double> sums =
        sums_by_output(quantized.weights, outputs, [](double weight) { return weight; });
    for (std::size_t output = 0; output < outputs; output++) {
        errors.biases[output] =
            biases[output] + (log_odds ? scales[output] / 2.0 * sums[output] : 0) - layer.biases[output];
    }
    return errors;
}

}  // namespace fsd
