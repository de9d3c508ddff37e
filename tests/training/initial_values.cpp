// What training begins with: near uniform filters, and in deep networks hidden layers that tell images apart.
#include "tests/training/networks.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <string>

using namespace fsd;
using namespace fsd::testing;

namespace {

// Of 8 x 8 pixels, with so many KLD layers.
Model network_of(int kld_layers) {
    Model model;
    model.input = {8, 8, 1};
    for (int place = 0; place + 1 < kld_layers; place++) {
        model.layers.push_back(conv("hidden" + std::to_string(place), 3, 2, 36, 1, 1));
        model.layers.push_back(plain("normalize"));
    }
    model.layers.push_back(linear("classes", 1, 10));
    model.layers.push_back(plain("log_normalize"));
    return model;
}

// Root of the mean square of theta.
double deviation(const TrainableNetwork &network, std::size_t layer) {
    const Tensor theta = network.numbers(layer).values.at("theta");
    const auto *numbers = static_cast<const float *>(theta.data());
    double sum = 0;
    for (std::size_t i = 0; i < theta.number_of_elements(); i++) {
        sum += static_cast<double>(numbers[i]) * numbers[i];
    }
    return std::sqrt(sum / static_cast<double>(theta.number_of_elements()));
}

}  // namespace

TEST_CASE("up to four KLD layers begin near uniform", "[training]") {
    TrainableNetwork network(network_of(4));
    network.initialize(1);
    for (std::size_t at = 0; at < network.layers(); at += 2) {
        CHECK(deviation(network, at) == Approx(0.1).epsilon(0.15));
    }
}

TEST_CASE("hidden layers of deeper networks begin with filters by which evidence differs", "[training]") {
    TrainableNetwork network(network_of(5));
    network.initialize(1);
    CHECK(deviation(network, 0) == Approx(0.75 * std::sqrt(16 / 9.0)).epsilon(0.1));  // 3 x 3 pixels
    for (std::size_t at = 2; at < 8; at += 2) {
        // 3 x 3 sites of two variables of 36 states.
        CHECK(deviation(network, at) == Approx(0.75 * std::sqrt(36 / 18.0)).epsilon(0.05));
    }
    CHECK(deviation(network, 8) == Approx(0.1).epsilon(0.05));  // the classes
}
