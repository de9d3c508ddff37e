// The gradient that training follows, against central differences of the loss in float64.
#include "tests/device_under_test.h"
#include "tests/training/networks.h"
#include "toolkit/training/loss_gradient.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace fsd;
using namespace fsd::testing;

namespace {

constexpr double epsilon = 1.1920928955078125e-07;

// Roundings on the way from a parameter to the loss and back: every sum rounds once per term. Forward and
// backward through a layer are a sum over its window and one over its outputs each, the filters' gradient is
// one over all sites of the batch; normalization and pooling add some 20 more per layer.
double roundings(const std::vector<Block> &blocks, int batch) {
    double count = 0;
    for (const Block &block : blocks) {
        count += 2 * block.positions() * block.input[3] + 2 * block.outputs() + 20;
        count += batch * block.posterior[0] * block.posterior[1];
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

double difference(const std::vector<Block> &blocks, const Parameters &parameters, std::vector<double> values,
                  std::size_t element, const Dataset &dataset) {
    const double value = values[element];
    values[element] = value + step;
    const double above = reference_loss(blocks, parameters, values, dataset);
    values[element] = value - step;
    return (above - reference_loss(blocks, parameters, values, dataset)) / (2 * step);
}

void fill(LossGradient &gradient, const Dataset &dataset) {
    std::memcpy(gradient.images.data(), dataset.images.data(), dataset.images.size_in_bytes());
    std::copy(dataset.labels.begin(), dataset.labels.end(),
              static_cast<std::int32_t *>(gradient.labels.data()));
}

// Parameters that are not as special as those that training begins with: priors not uniform, n not 1.
void draw(Parameters &parameters) {
    parameters.initialize(7);
    for (std::size_t layer = 0; layer < parameters.layers(); layer++) {
        Parameters::Part part = parameters.part(parameters.values, layer);
        auto *theta = static_cast<float *>(part.theta.data());
        std::for_each(theta, theta + part.theta.number_of_elements(), [](float &logit) { logit *= 8; });
        auto *prior = static_cast<float *>(part.prior_logits.data());
        for (std::size_t i = 0; i < part.prior_logits.number_of_elements(); i++) {
            prior[i] = 0.3f * static_cast<float>(i % 3);
        }
        *static_cast<float *>(part.log_observations.data()) = layer % 2 ? 0.4f : -0.5f;
    }
}

void check(const Model &network, int batch) {
    const std::vector<Block> blocks = blocks_of(network);
    Parameters parameters(blocks);
    draw(parameters);
    const Dataset dataset = noise(network.input, batch, static_cast<int>(network.classes.size()), 3);
    LossGradient gradient(blocks, parameters, batch, device_under_test());
    fill(gradient, dataset);
    gradient.run();

    const std::vector<double> values = doubles(parameters.values), found = doubles(parameters.gradient);
    const double loss = reference_loss(blocks, parameters, values, dataset);
    const double tolerance = roundings(blocks, batch) * epsilon;
    REQUIRE(std::fabs(gradient.loss() - loss) <= tolerance * loss);

    std::vector<double> expected(values.size());
    double largest = 0;
    for (std::size_t i = 0; i < values.size(); i++) {
        const bool gap = values[i] == 0 && found[i] == 0;  // between the layers' parts; or correctly zero
        expected[i] = gap ? 0 : difference(blocks, parameters, values, i, dataset);
        largest = std::max(largest, std::fabs(expected[i]));
    }
    REQUIRE(largest > 0.01);  // the test means something
    for (std::size_t i = 0; i < values.size(); i++) {
        INFO("parameter " << i << ": expected " << expected[i] << ", found " << found[i]);
        REQUIRE(std::fabs(found[i] - expected[i]) <= tolerance * largest + 1e-9);
    }
}

}  // namespace

TEST_CASE("the gradient is that of the loss, for each kind of pooling", "[training]") {
    for (const std::string pool : {"", "marginal_pool", "renormalized_max_pool"}) {
        INFO("pooling: " << pool);
        check(tiny_network(pool), 4);
    }
}

TEST_CASE("the gradient is that of the loss with color, padding, strides and two hidden layers",
          "[training]") {
    Model model;
    model.input = {7, 6, 3};
    model.layers = {conv("a", 3, 1, 4, 1, 1), plain("normalize"), pool("renormalized_max_pool", 3, 2),
                    conv("b", 2, 2, 3, 2, 1), plain("normalize"), linear("c", 1, 5),
                    plain("normalize"),       linear("d", 1, 3),  plain("log_normalize")};
    model.classes = {"0", "1", "2"};
    check(model, 3);
}

TEST_CASE("the gradient is that of the loss without hidden layer", "[training]") {
    Model model;
    model.input = {4, 3, 1};
    model.layers = {linear("only", 1, 3), plain("log_normalize")};
    model.classes = {"0", "1", "2"};
    check(model, 5);
}
