// Runs both networks layer by layer on the same batches.
#include "toolkit/evaluation/approximation_cost.h"

#include "runtime/models/activations.h"
#include "runtime/network.h"
#include "toolkit/evaluation/information.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

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
        const int count = shape_of(images)[0], classes = exact_network_.result_size();
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

    // Divides the numbers by their sum, if they have one, and returns it.
    static double normalize(std::vector<double> &numbers) {
        const double sum = std::accumulate(numbers.begin(), numbers.end(), 0.0);
        for (double &number : numbers) {
            number = sum > 0 ? number / sum : 0;
        }
        return sum;
    }

    static void add_variable(std::vector<double> exact, std::vector<double> replaced, Sums &sums) {
        normalize(exact);
        sums.mass += normalize(replaced);
        sums.variables++;
        const double nats = divergence(exact.data(), replaced.data(), exact.size());
        if (std::isfinite(nats)) {
            sums.divergence += std::max(nats, 0.0);  // rounding can leave -1e-17
            sums.largest = std::max(sums.largest, nats);
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
    const std::size_t stride = images.size_in_bytes() / shape[0];
    auto *bytes = static_cast<std::uint8_t *>(const_cast<void *>(images.data()));
    for (int first = 0; first < shape[0]; first += batch) {
        const int count = std::min(batch, shape[0] - first);
        comparison.add(
            view_tensor(images.type(), bytes + first * stride, {count, shape[1], shape[2], shape[3]}));
    }
    return comparison.costs();
}

}  // namespace fsd
