// Carries a bound of the total variation through the layers beside the computed activations.
#include "toolkit/quantization/certificate.h"

#include "runtime/error.h"
#include "runtime/layers/layer_kind.h"
#include "runtime/system/floating_point.h"
#include "toolkit/quantization/each_image.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace fsd {
namespace {

constexpr double unit_roundoff = std::numeric_limits<float>::epsilon() / 2;

void check_chain(const Model &model) {
    std::size_t last = 0;
    for (std::size_t index = 0; index < model.layers.size(); index++) {
        last = layer_kind(model.layers[index].op).gives_evidence_of_distributions ? index : last;
    }
    for (std::size_t index = 0; index < model.layers.size(); index++) {
        const Layer &layer = model.layers[index];
        const bool fits =
            layer_kind(layer.op).gives_evidence_of_distributions || layer.op == "normalize" ||
            layer.op == "marginal_pool" ||
            (layer.op == "log_normalize" && index == last + 1 && index + 1 == model.layers.size());
        if (!fits) {
            throw Error(ExitCode::unsupported,
                        text("No certificate for this network: it is proved for exact marginal pooling only, "
                             "and ",
                             describe_layer(layer, index),
                             " is not covered; the layers may be kld_conv, kld_linear, normalize and "
                             "marginal_pool, with a KLD layer and log_normalize at the end."));
        }
    }
}

const ExactNetwork &checked(const ExactNetwork &network) {
    check_chain(network.model());
    return network;
}

// 0.5 sum_s |a_s / A - p_s| of each variable: what rounding adds to the variation, known exactly. Layers in
// log-odds form read bytes, which are exact.
std::vector<double> with_rounding(std::vector<double> variation, const QuantizedLayer &layer,
                                  const NumberMap &probability, const std::vector<int32_t> &activations) {
    if (layer.takes_log_odds()) {
        return variation;
    }
    const auto states = static_cast<std::size_t>(probability.states());
    for (std::size_t i = 0; i < activations.size(); i++) {
        variation[i / states] +=
            0.5 * std::fabs(activations[i] / layer.activation_scale() - probability.numbers[i]);
    }
    return variation;
}

std::vector<double> after_normalize(const NumberMap &posterior, const std::vector<double> &omega) {
    std::vector<double> variation(omega.size());
    const int states = posterior.states();
    for (std::size_t row = 0; row < omega.size(); row++) {
        const double *first = &posterior.numbers[row * static_cast<std::size_t>(states)];
        const double *largest = std::max_element(first, first + states);
        // Not 1 - largest: that is 0 where the others are below 1e-16, but omega can make them grow.
        const double rest =
            std::accumulate(largest + 1, first + states, std::accumulate(first, largest, 0.0));
        variation[row] = variation_bound(rest, omega[row]);
    }
    return variation;
}

// Averages the bounds as the distributions are averaged. float32 adds at most N + 1 roundings of the sum and
// its quotient, relative to probabilities that sum to 1.
std::vector<double> after_pool(const Layer &layer, const Shape &input, const Shape &shape,
                               std::vector<double> variation) {
    NumberMap map;
    map.shape = {input[0], input[1], input[2], 1};
    map.numbers = std::move(variation);
    NumberMap pooled = apply_plain(layer, map, {shape[0], shape[1], shape[2], 1});
    const double most =
        static_cast<double>(layer.attribute("pool_window_y")) * layer.attribute("pool_window_x");
    for (double &bound : pooled.numbers) {
        bound += (most + 1) * unit_roundoff;
    }
    return pooled.numbers;
}

// A float32 kernel computes z = scale / A * sum + bias with four roundings (scale / A, the conversion of the
// sum, product, addition) and subtracts the largest z (a difference of twice the magnitude): six, relative to
// magnitudes below `largest`; of a difference of two states, twice that. exp, the sum of S terms and the
// division change each probability by less than S + 8 roundings, relatively: in differences of
// log-probabilities again twice.
double float32_slack(const ExactLayer &layer) {
    double largest = 0;
    const int states = layer.input[3], outputs = layer.outputs();
    for (int output = 0; output < outputs; output++) {
        double sum = std::fabs(layer.biases[output]);
        for (std::size_t variable = 0; variable < layer.variables(); variable++) {
            double most = 0;
            for (int s = 0; s < states; s++) {
                most = std::max(most, std::fabs(layer.weight(variable, s, output)));
            }
            // The log-odds form has twice the weights, and their sum once more in its bias.
            sum += (layer.index == 0 ? 3 : 1) * most;
        }
        largest = std::max(largest, sum);
    }
    return 2 * unit_roundoff * (6 * largest + layer.states + 8);
}

}  // namespace

double variation_bound(double rest, double omega) {
    const double largest = 1 - rest;
    if (rest <= 1 / (1 + std::exp(omega / 2))) {
        const double grown = std::expm1(omega);
        return rest * largest * grown / (rest * (grown + 1) + largest);
    }
    return std::tanh(omega / 4);
}

std::vector<LayerBits> certified_bits(const Model &model) {
    const auto layers = static_cast<std::size_t>(
        std::count_if(model.layers.begin(), model.layers.end(), [](const Layer &layer) {
            return layer_kind(layer.op).gives_evidence_of_distributions;
        }));
    std::vector<LayerBits> bits(layers, {16, 16});
    if (!bits.empty()) {
        bits.back().weights = 8;
    }
    return bits;
}

Certifier::Certifier(const Model &model)
    : exact_(model),
      integers_(quantize(checked(exact_).model(), certified_bits(model))),
      shapes_(activation_shapes(model)) {
    for (std::size_t k = 0; k < exact_.layers().size(); k++) {
        const ExactLayer &layer = exact_.layers()[k];
        const bool is_last = k + 1 == exact_.layers().size();
        Bounds bounds;
        bounds.errors = rounding_errors(layer, integers_.network().layers[k]);
        bounds.weights = weight_bounds(layer, bounds.errors, 0);
        bounds.float32_slack = float32_slack(layer);
        if (!is_last) {
            bounds.sensitivities = sensitivities(layer);
        }
        bounds_.push_back(std::move(bounds));
    }
}

std::vector<double> Certifier::evidence_bounds(std::size_t k, const std::vector<double> &variation) const {
    const ExactLayer &layer = exact_.layers()[k];
    const Shape &shape = shapes_[layer.index + 1];
    const auto groups = static_cast<std::size_t>(layer.groups),
               variables = static_cast<std::size_t>(layer.input[2]);
    std::vector<double> omega;
    omega.reserve(static_cast<std::size_t>(shape[0]) * shape[1] * groups);
    for (int y = 0; y < shape[0]; y++) {
        for (int x = 0; x < shape[1]; x++) {
            for (std::size_t group = 0; group < groups; group++) {
                double sum = bounds_[k].weights[group] + bounds_[k].float32_slack;
                visit_window(layer.window, layer.input, y, x, [&](std::size_t site, std::size_t position) {
                    for (std::size_t g = 0; g < variables; g++) {
                        sum += bounds_[k].sensitivities[group][position * variables + g] *
                               variation[site * variables + g];
                    }
                });
                omega.push_back(sum);
            }
        }
    }
    return omega;
}

// z*_top - z*_j = (z_top - z_j) - sum a/A (e_top - e_j) - sum (a/A - p*) (W_top - W_j): the second term is
// known, the third is bounded variable by variable. The last layer has one site, so all its windows are
// inside or at the same place outside.
double Certifier::spare_margin(const NumberMap &evidence, int top, const std::vector<int32_t> &activations,
                               const std::vector<double> &variation) const {
    const ExactLayer &layer = exact_.layers().back();
    const QuantizedLayer &quantized = integers_.network().layers.back();
    const RoundingErrors &errors = bounds_.back().errors;
    const auto outputs = static_cast<std::size_t>(layer.outputs());
    const auto variables = static_cast<std::size_t>(layer.input[2]),
               states = static_cast<std::size_t>(layer.input[3]);
    const bool log_odds = quantized.takes_log_odds();
    double least = std::numeric_limits<double>::infinity();
    for (int j = 0; j < layer.outputs(); j++) {
        if (j == top) {
            continue;
        }
        double known = errors.biases[top] - errors.biases[j], unknown = 0;
        visit_window(layer.window, layer.input, 0, 0, [&](std::size_t site, std::size_t position) {
            for (std::size_t g = 0; g < variables; g++) {
                const std::size_t variable = position * variables + g, place = site * variables + g;
                unknown += sensitivity(layer, variable, top, j) * variation[place];
                for (std::size_t s = 0; s < states; s++) {
                    const double *error = &errors.weights[(variable * states + s) * outputs];
                    const double integer = !log_odds ? activations[place * states + s]
                                           : s == 1  ? activations[place]
                                                     : 255 - activations[place];
                    known += integer / quantized.activation_scale() * (error[top] - error[j]);
                }
            }
        });
        const double margin = evidence.numbers[top] - evidence.numbers[j];
        least = std::min(least, margin - known - unknown - bounds_.back().float32_slack);
    }
    return least;
}

Certificate Certifier::certify(const uint8_t *image) const {
    const FloatingPointMode mode = FloatingPointMode::standard();
    const Model &model = exact_.model();
    NumberMap map = image_map(model.input, image);
    std::vector<double> variation(map.numbers.size() / 2);
    Certificate certificate;
    certificate.variation_bounds.push_back(variation);
    std::size_t k = 0;
    std::vector<double> omega;
    for (std::size_t index = 0; index < model.layers.size(); index++) {
        const Layer &layer = model.layers[index];
        if (layer_kind(layer.op).gives_evidence_of_distributions) {
            const std::vector<int32_t> activations = integers_.activations(k, map);
            const std::vector<double> rounded =
                with_rounding(variation, integers_.network().layers[k], map, activations);
            map = integers_.evidence(k, activations);
            if (k + 1 == exact_.layers().size()) {
                certificate.decision = decision(map);
                certificate.spare = spare_margin(map, certificate.decision, activations, rounded);
                certificate.proved = certificate.spare > 0;
                return certificate;
            }
            omega = evidence_bounds(k++, rounded);
            certificate.evidence_bounds.push_back(omega);
            certificate.variation_bounds.emplace_back();
            continue;
        }
        const Shape before = map.shape;
        map = apply_plain(layer, map, shapes_[index + 1]);
        variation = layer.op == "normalize" ? after_normalize(map, omega)
                                            : after_pool(layer, before, map.shape, std::move(variation));
        certificate.variation_bounds.push_back(variation);
    }
    throw Error(ExitCode::internal, "A certified network has no last layer.");
}

}  // namespace fsd
