// Runs both networks layer by layer on the same batches.
#include "toolkit/evaluation/approximation_cost.h"

#include "runtime/error.h"
#include "runtime/layers/layer_kind.h"
#include "runtime/models/activations.h"
#include "runtime/network.h"
#include "toolkit/evaluation/information.h"
#include "toolkit/system/progress.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace fsd {
namespace {

constexpr int batch = 64;
constexpr double impossible = -std::numeric_limits<double>::infinity();
const double least_logarithm = std::log(std::numeric_limits<float>::min());

struct Sums {
    double divergence = 0, largest = 0, mass = 0;
    std::size_t variables = 0, infinite = 0, underflow = 0;
};

class Comparison {
public:
    Comparison(const Model &exact, const Model &replaced, const std::string &device)
        : exact_(exact),
          replaced_(replaced),
          exact_network_(exact, options(device)),
          replaced_network_(replaced, options(device)),
          replaced_types_(activations(replaced)) {}

    void add(const Tensor &images) {
        const int count = shape_of(images)[0], classes = exact_network_.result_size();
        Tensor log_posterior = make_tensor<float>({count, classes});
        const Progress progress(text("compares ", count, " images with those of the exact layers"));
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
                              static_cast<double>(sums.infinite) / all,
                              static_cast<double>(sums.underflow) / all, sums.mass / all});
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
            add_variable(logarithms(&exact[row], states, exact_log),
                         logarithms(replaced + row, states, replaced_log),
                         replaced_types_[layer + 1].may_exclude, sums_[layer]);
        }
    }

    static std::vector<double> logarithms(const float *row, std::size_t states, bool are_logarithms) {
        std::vector<double> result(row, row + states);
        if (!are_logarithms) {
            std::transform(result.begin(), result.end(), result.begin(),
                           [](double value) { return std::log(value); });
        }
        return result;
    }

    // Subtracts the logarithm of the numbers' sum, if they have one, and returns the sum.
    static double normalize(std::vector<double> &logarithms) {
        if (*std::max_element(logarithms.begin(), logarithms.end()) == impossible) {
            return 0;
        }
        const double log_sum = log_sum_exp(logarithms.data(), logarithms.size());
        for (double &logarithm : logarithms) {
            logarithm -= log_sum;
        }
        return std::exp(log_sum);
    }

    // Where no operation gives 0, a 0 is a number below the least one that float32 holds to full accuracy,
    // and counts as that.
    static bool raise_zeros(const std::vector<double> &exact, std::vector<double> &replaced) {
        bool raised = false;
        for (std::size_t state = 0; state < exact.size(); state++) {
            if (replaced[state] == impossible) {
                replaced[state] = least_logarithm;
                raised = raised || exact[state] != impossible;
            }
        }
        return raised;
    }

    static void add_variable(std::vector<double> exact, std::vector<double> replaced, bool may_exclude,
                             Sums &sums) {
        if (!may_exclude && raise_zeros(exact, replaced)) {
            sums.underflow++;
        }
        normalize(exact);
        sums.mass += normalize(replaced);
        sums.variables++;
        const double nats = divergence_of_logarithms(exact.data(), replaced.data(), exact.size());
        if (std::isfinite(nats)) {
            sums.divergence += std::max(nats, 0.0);  // rounding can leave -1e-17
            sums.largest = std::max(sums.largest, nats);
        } else {
            sums.infinite++;
        }
    }

    const Model &exact_, &replaced_;
    Network exact_network_, replaced_network_;
    std::vector<ActivationType> replaced_types_;             // before the first layer and behind each
    std::map<std::size_t, std::vector<float>> activations_;  // of the exact network, by layer
    std::map<std::size_t, Sums> sums_;
};

}  // namespace

bool gives_distribution(const Model &model) {
    std::size_t end = model.layers.size();
    while (end > 1 && layer_kind(model.layers[end - 1].op).pools) {  // a mean of distributions is one
        end--;
    }
    return layer_kind(model.layers[end - 1].op).gives_posterior;
}

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
