// Asks the kinds.
#include "toolkit/analysis/teacher/layer_choice.h"

#include "runtime/layers/layer_kind.h"
#include "runtime/models/activations.h"

#include <algorithm>
#include <cmath>

namespace fsd::analysis {
namespace {

ActivationKind kind_at(const Model &model, std::size_t layer) {
    return activations(model)[layer].kind;
}

// p no closer to 0 or 1 than float32 tells.
double log_odds_of(double p) {
    const double inside = std::min(1 - 0x1p-24, std::max(0x1p-100, p));
    return std::log(inside) - std::log1p(-inside);
}

double log_odds_of_logarithm(double logarithm) {
    const double below = std::min(-0x1p-24, logarithm);
    return below - std::log(-std::expm1(below));
}

}  // namespace

std::vector<std::size_t> compared_layers(const Model &model) {
    std::vector<std::size_t> layers;
    for (std::size_t layer = 1; layer < model.layers.size(); layer++) {
        const LayerKind &kind = layer_kind(model.layers[layer].op);
        if (kind.has_tensors() && !kind.as_channel_affine) {
            layers.push_back(layer);
        }
    }
    layers.push_back(model.layers.size());
    return layers;
}

bool gives_posteriors(const Model &model, std::size_t layer) {
    return layer > 0 && (layer_kind(model.layers[layer - 1].op).gives_posterior ||
                         kind_at(model, layer) == ActivationKind::log_probability);
}

Tensor comparable(const Model &model, std::size_t layer, const Tensor &activation) {
    const ActivationKind kind = kind_at(model, layer);
    const bool logarithms = kind == ActivationKind::log_probability;
    if (!logarithms && kind != ActivationKind::probability) {
        return activation;
    }
    const auto *numbers = static_cast<const float *>(activation.data());
    const std::size_t count = activation.number_of_elements();
    // relu's stand-ins for probabilities are numbers beyond 1, too.
    if (!logarithms && std::any_of(numbers, numbers + count, [](float v) { return v > 1.00001F || v < 0; })) {
        return activation;
    }
    Tensor result = make_tensor<float>(shape_of(activation));
    std::transform(numbers, numbers + count, static_cast<float *>(result.data()), [&](float number) {
        return static_cast<float>(logarithms ? log_odds_of_logarithm(number) : log_odds_of(number));
    });
    return result;
}

}  // namespace fsd::analysis
