// Runs both networks layer by layer on the same batches.
#include "toolkit/evaluation/approximation_cost.h"

#include "runtime/models/activations.h"
#include "runtime/network.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace fsd {
namespace {

constexpr int batch = 64;

struct Sums {
    double divergence = 0, largest = 0, mass = 0;
    std::size_t variables = 0, infinite = 0;
};

class Comparison {
public:
    Comparison(const Model &exact, const Model &replaced, const std::string &device)
        : exact_(exact),
          replaced_(replaced),
          exact_network_(exact, options(device)),
          replaced_network_(replaced, options(device)) {}

    void add(const Tensor &images) {
        const int count = shape_of(images)[0], classes = static_cast<int>(exact_.classes.size());
        Tensor log_posterior = make_tensor<float>({count, classes});
        exact_network_.run(images, log_posterior, [this](std::size_t layer, const Tensor &activation) {
            if (is_distribution(layer)) {
                const auto *first = static_cast<const float *>(activation.data());
                activations_[layer].assign(first, first + activation.number_of_elements());
            }
        });
        replaced_network_.run(images, log_posterior, [this](std::size_t layer, const Tensor &activation) {
            if (is_distribution(layer)) {
                compare(layer, activation);
            }
        });
    }

    std::vector<LayerCost> costs() const {
        std::vector<LayerCost> result;
        for (const auto &[layer, sums] : sums_) {
            const double none = std::nan("");
            const auto finite = static_cast<double>(sums.variables - sums.infinite);
            const auto all = static_cast<double>(sums.variables);
            result.push_back({layer, exact_.layers[layer].op, replaced_.layers[layer].op,
                              finite > 0 ? sums.divergence / finite : none, finite > 0 ? sums.largest : none,
                              static_cast<double>(sums.infinite) / all, sums.mass / all});
        }
        return result;
    }

private:
    static NetworkOptions options(const std::string &device) {
        NetworkOptions options;
        options.fuse = false;
        options.batch = batch;
        options.device = device;
        return options;
    }

    bool is_distribution(std::size_t layer) const {
        return kind_behind(exact_, layer) != ActivationKind::log_evidence;
    }

    void compare(std::size_t layer, const Tensor &activation) {
        const bool exact_log = kind_behind(exact_, layer) == ActivationKind::log_probability;
        const bool replaced_log = kind_behind(replaced_, layer) == ActivationKind::log_probability;
        const std::vector<float> &exact = activations_.at(layer);
        const auto *replaced = static_cast<const float *>(activation.data());
        const std::size_t states = shape_of(activation).back();
        for (std::size_t row = 0; row < exact.size(); row += states) {
            add_variable(probabilities(&exact[row], states, exact_log),
                         probabilities(replaced + row, states, replaced_log), sums_[layer]);
        }
    }

    static std::vector<double> probabilities(const float *row, std::size_t states, bool logarithms) {
        std::vector<double> result(row, row + states);
        if (logarithms) {
            std::transform(result.begin(), result.end(), result.begin(),
                           [](double value) { return std::exp(value); });
        }
        return result;
    }

    static void add_variable(const std::vector<double> &exact, const std::vector<double> &replaced,
                             Sums &sums) {
        double exact_mass = 0, mass = 0, divergence = 0;
        for (std::size_t state = 0; state < exact.size(); state++) {
            exact_mass += exact[state];
            mass += replaced[state];
        }
        for (std::size_t state = 0; state < exact.size(); state++) {
            const double p = exact[state] / exact_mass, q = mass > 0 ? replaced[state] / mass : 0;
            divergence += p > 0 ? p * std::log(p / q) : 0;
        }
        sums.variables++;
        sums.mass += mass;
        if (std::isfinite(divergence)) {
            sums.divergence += std::max(divergence, 0.0);  // rounding can leave -1e-17
            sums.largest = std::max(sums.largest, divergence);
        } else {
            sums.infinite++;
        }
    }

    const Model &exact_, &replaced_;
    Network exact_network_, replaced_network_;
    std::map<std::size_t, std::vector<float>> activations_;  // of the exact network, by layer
    std::map<std::size_t, Sums> sums_;
};

}  // namespace

std::vector<LayerCost> layer_costs(const Model &exact, const Model &replaced, const Tensor &images,
                                   const std::string &device) {
    Comparison comparison(exact, replaced, device);
    const Shape shape = shape_of(images);
    const std::size_t stride = element_count(shape) / shape[0];
    auto *bytes = static_cast<std::uint8_t *>(const_cast<void *>(images.data()));
    for (int first = 0; first < shape[0]; first += batch) {
        const int count = std::min(batch, shape[0] - first);
        comparison.add(
            view_tensor(images.type(), bytes + first * stride, {count, shape[1], shape[2], shape[3]}));
    }
    return comparison.costs();
}

}  // namespace fsd
