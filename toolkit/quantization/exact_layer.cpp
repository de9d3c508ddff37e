// Reads and centers the weights.
#include "toolkit/quantization/exact_layer.h"

#include "runtime/error.h"
#include "runtime/formats/json_text.h"
#include "runtime/layers/kld_parameters.h"
#include "runtime/layers/layer_kind.h"
#include "runtime/models/distributions.h"
#include "runtime/models/model_check.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace fsd {
namespace {

constexpr int rounds = 10;
constexpr std::array<const char *, 7> quantizable = {
    "kld_conv",         "kld_linear", "normalize", "log_normalize", "marginal_pool", "renormalized_max_pool",
    "log_marginal_pool"};

void check_op(const Layer &layer, std::size_t index) {
    if (std::find(quantizable.begin(), quantizable.end(), layer.op) == quantizable.end()) {
        throw Error(ExitCode::unsupported,
                    text(describe_layer(layer, index),
                         " gives numbers that are no distribution, and quantized networks hold distributions "
                         "only; use normalize, log_normalize, marginal_pool or renormalized_max_pool in its "
                         "place and train again."));
    }
}

ExactLayer stored_layer(const Model &model, std::size_t index, const Shape &input) {
    const Layer &layer = model.layers[index];
    const KldParameters parameters = parameters_of(model, layer);
    ExactLayer result{index,
                      layer.name,
                      window_of(layer, input),
                      input,
                      layer.attribute("groups"),
                      layer.attribute("states"),
                      {},
                      {}};
    const auto *weights = static_cast<const float *>(parameters.log_likelihood.data());
    const auto *priors = static_cast<const float *>(parameters.log_prior.data());
    result.weights.assign(weights, weights + parameters.log_likelihood.number_of_elements());
    result.biases.assign(priors, priors + parameters.log_prior.number_of_elements());
    for (double &weight : result.weights) {
        weight *= parameters.observations;
    }
    return result;
}

// Half of the smallest plus the largest of `count` numbers that lie `stride` apart.
double middle(const double *numbers, int count, int stride) {
    double least = numbers[0], most = numbers[0];
    for (int i = 1; i < count; i++) {
        const double number = numbers[static_cast<std::ptrdiff_t>(i) * stride];
        least = std::min(least, number);
        most = std::max(most, number);
    }
    return (least + most) / 2;
}

void subtract(double *numbers, int count, int stride, double constant) {
    for (int i = 0; i < count; i++) {
        numbers[static_cast<std::ptrdiff_t>(i) * stride] -= constant;
    }
}

// Each run of `states` numbers minus its middle.
void center_groups(std::vector<double> &numbers, int states) {
    for (std::size_t first = 0; first < numbers.size(); first += static_cast<std::size_t>(states)) {
        subtract(&numbers[first], states, 1, middle(&numbers[first], states, 1));
    }
}

void center_variables(ExactLayer &layer) {
    const int outputs = layer.outputs(), states = layer.input[3];
    for (std::size_t variable = 0; variable < layer.variables(); variable++) {
        for (int output = 0; output < outputs; output++) {
            double *first = &layer.weights[variable * states * outputs + output];
            const double constant = middle(first, states, outputs);
            subtract(first, states, outputs, constant);
            layer.biases[output] += constant;
        }
    }
}

}  // namespace

double ExactLayer::largest_weight() const {
    double largest = 0;
    for (const double weight : weights) {
        largest = std::max(largest, std::fabs(weight));
    }
    return largest;
}

void check_quantizable(const Model &model) {
    require_distributions(
        model, "Quantization with proved bounds and certificates",
        "run, compile or export this one in float32, or train one of kld_conv, kld_linear and "
        "normalize.");
    for (std::size_t index = 0; index < model.layers.size(); index++) {
        check_op(model.layers[index], index);
    }
}

std::vector<ExactLayer> stored_layers(const Model &model) {
    check_model(model);
    check_quantizable(model);
    const std::vector<Shape> shapes = activation_shapes(model);
    std::vector<ExactLayer> layers;
    for (std::size_t index = 0; index < model.layers.size(); index++) {
        if (layer_kind(model.layers[index].op).gives_evidence_of_distributions) {
            layers.push_back(stored_layer(model, index, shapes[index]));
        }
    }
    if (layers.empty()) {
        throw Error(ExitCode::unsupported, "The network has no layer with parameters to quantize.");
    }
    return layers;
}

ExactLayer centered(ExactLayer layer) {
    for (int round = 0; round < rounds; round++) {
        center_groups(layer.weights, layer.states);
        if (!layer.window.is_padded()) {
            center_variables(layer);
        }
    }
    center_groups(layer.biases, layer.states);
    return layer;
}

}  // namespace fsd
