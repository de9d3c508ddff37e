// Maxima over pairs of output states.
#include "toolkit/quantization/bounds.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace fsd {
namespace {

// The largest difference(i, j) of two states of an output group.
double over_pairs(const ExactLayer &layer, int group, const std::function<double(int, int)> &difference) {
    double largest = 0;
    const int first = group * layer.states;
    for (int i = first; i < first + layer.states; i++) {
        for (int j = first; j < first + layer.states; j++) {
            largest = i == j ? largest : std::max(largest, difference(i, j));
        }
    }
    return largest;
}

double over_all_pairs(const ExactLayer &layer, const std::function<double(int, int)> &difference) {
    double largest = 0;
    for (int group = 0; group < layer.groups; group++) {
        largest = std::max(largest, over_pairs(layer, group, difference));
    }
    return largest;
}

// max_s (e_i - e_j) of one variable; `numbers` points to its states.
double largest_difference(const double *numbers, int states, int outputs, int i, int j) {
    double largest = -std::numeric_limits<double>::infinity();
    for (int s = 0; s < states; s++, numbers += outputs) {
        largest = std::max(largest, numbers[i] - numbers[j]);
    }
    return largest;
}

double weight_difference(const ExactLayer &layer, const RoundingErrors &errors, double sum_error, int i,
                         int j) {
    double difference = errors.biases[i] - errors.biases[j];
    const int states = layer.input[3], outputs = layer.outputs();
    for (std::size_t variable = 0; variable < layer.variables(); variable++) {
        const double most =
            largest_difference(&errors.weights[variable * states * outputs], states, outputs, i, j);
        // A padded window may leave the variable out.
        if (most > 0 || !layer.window.is_padded()) {
            difference += most * (most > 0 ? 1 + sum_error : 1 - sum_error);
        }
    }
    return difference;
}

double distance(const ExactLayer &layer, int i, int j) {
    double sum = 0;
    const auto outputs = static_cast<std::size_t>(layer.outputs());
    for (const double *row = layer.weights.data(); row != layer.weights.data() + layer.weights.size();
         row += outputs) {
        sum += std::fabs(row[i] - row[j]);
    }
    return sum;
}

double largest_scale(const ExactLayer &layer, const QuantizedLayer &quantized) {
    const auto *scales = static_cast<const float *>(quantized.scales.data());
    const double largest = *std::max_element(scales, scales + layer.outputs());
    return quantized.takes_log_odds() ? largest / 2 : largest;
}

}  // namespace

std::vector<double> weight_bounds(const ExactLayer &layer, const RoundingErrors &errors, double sum_error) {
    std::vector<double> bounds;
    for (int group = 0; group < layer.groups; group++) {
        bounds.push_back(over_pairs(
            layer, group, [&](int i, int j) { return weight_difference(layer, errors, sum_error, i, j); }));
    }
    return bounds;
}

LayerBound layer_bound(const ExactLayer &layer, const QuantizedLayer &quantized) {
    const RoundingErrors errors = rounding_errors(layer, quantized);
    const bool reads_pixels = layer.index == 0;
    const double half_unit = reads_pixels ? 0 : 0.5 / quantized.activation_scale();
    const double sum_error = half_unit * layer.input[3];
    const std::vector<double> weights = weight_bounds(layer, errors, sum_error);
    LayerBound bound;
    bound.weights = *std::max_element(weights.begin(), weights.end());
    if (!reads_pixels) {
        bound.activations =
            half_unit * over_all_pairs(layer, [&](int i, int j) { return distance(layer, i, j); });
    }
    bound.total = bound.weights + bound.activations;
    const double biases =
        over_all_pairs(layer, [&](int i, int j) { return errors.biases[i] - errors.biases[j]; });
    bound.simple =
        static_cast<double>(layer.variables()) * largest_scale(layer, quantized) * (1 + sum_error) + biases;
    return bound;
}

double sensitivity(const ExactLayer &layer, std::size_t variable, int i, int j) {
    const int states = layer.input[3], outputs = layer.outputs();
    const double *numbers = &layer.weights[variable * states * outputs];
    return largest_difference(numbers, states, outputs, i, j) +
           largest_difference(numbers, states, outputs, j, i);
}

std::vector<std::vector<double>> sensitivities(const ExactLayer &layer) {
    std::vector<std::vector<double>> all(static_cast<std::size_t>(layer.groups));
    for (int group = 0; group < layer.groups; group++) {
        for (std::size_t variable = 0; variable < layer.variables(); variable++) {
            all[group].push_back(
                over_pairs(layer, group, [&](int i, int j) { return sensitivity(layer, variable, i, j); }));
        }
    }
    return all;
}

}  // namespace fsd
