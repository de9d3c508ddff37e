// The gradient of networks of KLD layers.
#include "tests/training/central_differences.h"
#include "tests/training/networks.h"

#include <catch2/catch.hpp>

using namespace fsd;
using namespace fsd::testing;

namespace {

void check(const Model &network, int batch) {
    check_gradient(network, noise(network.input, batch, static_cast<int>(network.classes.size()), 3));
}

}  // namespace

TEST_CASE("the gradient is that of the loss, for each kind of pooling", "[training]") {
    for (const std::string pool : {"", "marginal_pool", "max_pool", "renormalized_max_pool"}) {
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

TEST_CASE("the gradient is that of the loss where pooling in the log domain ends the network", "[training]") {
    Model model;
    model.input = {6, 5, 1};
    model.layers = {conv("a", 3, 1, 3), plain("log_normalize"), pool("log_marginal_pool", 4, 4)};
    model.classes = {"0", "1", "2"};
    check(model, 4);
}

TEST_CASE("the gradient of the H-score is that of the loss, before log_normalize and behind another end",
          "[training]") {
    const Model network = tiny_network("marginal_pool");
    check_gradient(network, noise(network.input, 8, 3, 5), "h_score");
    Model pooled;
    pooled.input = {6, 5, 1};
    pooled.layers = {conv("a", 3, 1, 3), plain("log_normalize"), pool("log_marginal_pool", 4, 4)};
    pooled.classes = {"0", "1", "2"};
    check_gradient(pooled, noise(pooled.input, 8, 3, 5), "h_score");
}
