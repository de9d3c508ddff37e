// Every parameter, one after the other.
#include "tests/training/central_differences.h"

#include "tests/device_under_test.h"
#include "tests/training/networks.h"
#include "toolkit/training/batches.h"
#include "toolkit/training/loss_gradient.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fsd::testing {
namespace {

constexpr double epsilon = 1.1920928955078125e-07;

// Roundings on the way from a parameter to the loss and back: every sum rounds once per term. Forward and
// backward through a layer are a sum over its inputs and one over its outputs each, the weights' gradient is
// one over all sites of the batch; element-wise steps and pooling add some 20 more per layer.
double roundings(const TrainableNetwork &network, int batch) {
    double count = 0;
    for (std::size_t layer = 0; layer < network.layers(); layer++) {
        const LayerSite &site = network.site(layer);
        const int outputs = site.output.channels();
        std::size_t weights = 0;
        for (const auto &[role, view] : network.numbers(layer).values) {
            weights = std::max<std::size_t>(weights, view.number_of_elements());
        }
        if (weights > 0) {
            count += 2.0 * static_cast<double>(weights) / outputs + 2 * outputs + 20;
            count += batch * site.output.shape[0] * site.output.shape[1];
        } else {
            count += 20;
        }
    }
    return count;
}

std::vector<double> doubles(const Tensor &tensor) {
    const auto *floats = static_cast<const float *>(tensor.data());
    return {floats, floats + tensor.number_of_elements()};
}

// The central difference's own error: the third derivative's step^2 / 6 and the loss's rounding 2^-53 / step,
// both near 1e-10 for this step.
constexpr double step = 1e-5;

double difference(const TrainableNetwork &network, std::vector<double> values, std::size_t element,
                  const Dataset &dataset, const std::string &loss) {
    const double value = values[element];
    values[element] = value + step;
    const double above = reference_loss(network, values, dataset, loss);
    values[element] = value - step;
    return (above - reference_loss(network, values, dataset, loss)) / (2 * step);
}

// Parameters that are not as special as those that training begins with: KLD layers with larger logits,
// priors not uniform, n not 1; others with biases.
void draw(TrainableNetwork &network) {
    network.initialize(7);
    for (std::size_t layer = 0; layer < network.layers(); layer++) {
        for (auto &[role, view] : network.numbers(layer).values) {
            auto *numbers = static_cast<float *>(const_cast<void *>(view.data()));
            for (std::size_t i = 0; i < view.number_of_elements(); i++) {
                if (role == "theta") {
                    numbers[i] *= 8;
                } else if (role == "log_observations") {
                    numbers[i] = layer % 2 ? 0.4f : -0.5f;
                } else if (role != "weight") {
                    numbers[i] += 0.3f * static_cast<float>(i % 3);
                }
            }
        }
    }
}

void compare(const TrainableNetwork &network, const Dataset &dataset, const std::string &loss,
             double tolerance) {
    const std::vector<double> values = doubles(network.values), found = doubles(network.gradient);
    std::vector<double> expected(values.size());
    double largest = 0;
    for (std::size_t i = 0; i < values.size(); i++) {
        const bool gap = values[i] == 0 && found[i] == 0;  // between the layers' parts; or correctly zero
        expected[i] = gap ? 0 : difference(network, values, i, dataset, loss);
        largest = std::max(largest, std::fabs(expected[i]));
    }
    REQUIRE(largest > 0.01);  // the test means something
    for (std::size_t i = 0; i < values.size(); i++) {
        INFO("parameter " << i << ": expected " << expected[i] << ", found " << found[i]);
        REQUIRE(std::fabs(found[i] - expected[i]) <= tolerance * largest + 1e-9);
    }
}

}  // namespace

void check_gradient(const Model &description, const Dataset &dataset, const std::string &loss) {
    TrainableNetwork network(description);
    draw(network);
    const int batch = dataset.count();
    LossGradient gradient(network, loss, {batch, dataset.is_numeric(), !dataset.is_regression()},
                          device_under_test());
    std::vector<int> samples(batch);
    std::iota(samples.begin(), samples.end(), 0);
    Batches(dataset, samples, batch, {}, 0).fill(0, 0, gradient.batch);
    gradient.run();
    const double expected = reference_loss(network, doubles(network.values), dataset, loss);
    const double tolerance = roundings(network, batch) * epsilon;
    INFO("loss " << expected << ", found " << gradient.loss());
    REQUIRE(std::fabs(gradient.loss() - expected) <= tolerance * std::max(expected, 1.0));
    compare(network, dataset, loss, tolerance);
}

}  // namespace fsd::testing
