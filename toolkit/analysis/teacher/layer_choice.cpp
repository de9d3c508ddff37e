// Asks the kinds.
#include "toolkit/analysis/teacher/layer_choice.h"

#include "runtime/layers/layer_kind.h"
#include "runtime/models/activations.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fsd::analysis {
namespace {

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

bool are_distributions(const Model &model, std::size_t layer, const Tensor &activation) {
    const ActivationType type = activations(model)[layer];
    const int states = type.shape[3];
    if (type.kind == ActivationKind::log_probability) {
        return true;
    }
    if (type.kind != ActivationKind::probability || states < 2) {
        return false;
    }
    const auto *numbers = static_cast<const float *>(activation.data());
    const std::size_t count = activation.number_of_elements();
    for (std::size_t first = 0; first < count; first += static_cast<std::size_t>(states)) {
        const double sum = std::accumulate(numbers + first, numbers + first + states, 0.);
        if (!(std::fabs(sum - 1) <= 1e-3)) {
            return false;  // relu, maxima: stand-ins for probabilities
        }
    }
    return true;
}

Tensor comparable(const Model &model, std::size_t layer, const Tensor &activation) {
    if (!are_distributions(model, layer, activation)) {
        return activation;
    }
    const bool logarithms = activations(model)[layer].kind == ActivationKind::log_probability;
    const auto *numbers = static_cast<const float *>(activation.data());
    Tensor result = make_tensor<float>(shape_of(activation));
    std::transform(numbers, numbers + activation.number_of_elements(), static_cast<float *>(result.data()),
                   [&](float number) {
                       return static_cast<float>(logarithms ? log_odds_of_logarithm(number)
                                                            : log_odds_of(number));
                   });
    return result;
}

}  // namespace fsd::analysis
