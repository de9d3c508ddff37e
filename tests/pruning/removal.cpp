// Removing states conditions the network on their absence: the outputs of the original network whose prior
// excludes them.
#include "runtime/error.h"
#include "runtime/models/model_check.h"
#include "runtime/network.h"
#include "tests/runtime/models.h"
#include "toolkit/analysis/activations.h"
#include "toolkit/pruning/state_removal.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <numeric>

using namespace fsd;
using namespace fsd::testing;
using Catch::Contains;

namespace {

Tensor drawn_images(const Input &input, int count) {
    std::mt19937 random(7);
    Tensor images = make_tensor<std::uint8_t>({count, input.height, input.width, input.colors});
    auto *bytes = static_cast<std::uint8_t *>(images.data());
    std::generate_n(bytes, images.number_of_elements(),
                    [&] { return static_cast<std::uint8_t>(random() % 256); });
    return images;
}

Model network(const std::vector<Layer> &layers) {
    Model model;
    model.input = {12, 11, 1};
    model.layers = layers;
    return with_parameters(model, 11);
}

// The same numbers but for the prior, which leaves e^-85 for the states that do not stay.
Model with_excluding_prior(const Model &model, std::size_t layer, const KeptStates &kept) {
    Model excluding = model;
    Tensor &prior = excluding.tensors.at(model.layers[layer].name + ".log_prior");
    const Tensor old = prior;
    prior = copy_of(old);
    const int states = shape_of(old)[1];
    for (std::size_t group = 0; group < kept.size(); group++) {
        const float *from = static_cast<const float *>(old.data()) + group * states;
        float *to = static_cast<float *>(prior.data()) + group * states;
        double mass = 0;
        for (const int state : kept[group]) {
            mass += std::exp(from[state]);
        }
        std::fill_n(to, states, -85.f);
        for (const int state : kept[group]) {
            to[state] = static_cast<float>(from[state] - std::log(mass));
        }
    }
    check_model(excluding);
    return excluding;
}

double largest_difference(const Tensor &one, const Tensor &other) {
    REQUIRE(one.number_of_elements() == other.number_of_elements());
    double largest = 0;
    for (std::size_t i = 0; i < one.number_of_elements(); i++) {
        largest = std::max<double>(largest, std::fabs(static_cast<const float *>(one.data())[i] -
                                                      static_cast<const float *>(other.data())[i]));
    }
    return largest;
}

Tensor behind(const Model &model, const Tensor &images, std::size_t layer) {
    return analysis::activations_of(model, images, {layer}).at(layer);
}

double largest(const Tensor &tensor) {
    const auto *numbers = static_cast<const float *>(tensor.data());
    return std::accumulate(numbers, numbers + tensor.number_of_elements(), 0., [](double most, float number) {
        return std::max<double>(most, std::fabs(number));
    });
}

// Log-posteriors of both, which are not all alike. Both sum the same evidence in another order, of which a
// part is moved into the prior: each of the numbers that are added, and so each rounding, is at most the
// evidence of all states.
void require_conditional(const Model &model, std::size_t layer, const KeptStates &kept) {
    const Tensor images = drawn_images(model.input, 9);
    const Model fewer = with_states(model, layer, kept);
    const std::size_t end = model.layers.size();
    const Tensor found = behind(fewer, images, end),
                 expected = behind(with_excluding_prior(model, layer, kept), images, end);
    const double evidence =
        std::max(largest(behind(fewer, images, end - 1)), largest(behind(model, images, end - 1)));
    INFO("evidence up to " << evidence);
    CHECK(largest_difference(found, expected) <= 16 * FLT_EPSILON * evidence);
    CHECK(largest_difference(found, behind(model, images, end)) > 0.01);
    CHECK(fewer.layers[layer].attribute("states") == static_cast<int>(kept.front().size()));
    CHECK(fewer.parameter_count() < model.parameter_count());
}

}  // namespace

TEST_CASE("a network with fewer states is the network given that the others never occur", "[pruning]") {
    SECTION("convolution, marginal pooling, dense layer") {
        require_conditional(network({conv("first", 3, 1, 6), plain("normalize"), pool("marginal_pool", 2, 2),
                                     linear("last", 1, 3), plain("log_normalize")}),
                            0, {{0, 2, 3, 5}});
    }
    SECTION("several groups, each with states of its own") {
        require_conditional(network({conv("first", 3, 3, 4), plain("normalize"), pool("average_pool", 2, 2),
                                     linear("last", 1, 3), plain("log_normalize")}),
                            0, {{0, 1, 3}, {1, 2, 3}, {0, 1, 2}});
    }
    SECTION("two convolutions, the reader with groups; padding of the layer itself is no matter") {
        require_conditional(
            network({conv("first", 3, 2, 4, 1, 1), plain("softmax"), conv("second", 3, 2, 5, 2),
                     plain("normalize"), linear("last", 1, 3), plain("log_normalize")}),
            0, {{1, 2}, {0, 3}});
    }
    SECTION("the second of two convolutions, renormalized maxima behind it") {
        require_conditional(
            network({conv("first", 3, 1, 4), plain("normalize"), conv("second", 3, 1, 7), plain("normalize"),
                     pool("renormalized_max_pool", 2, 2), linear("last", 1, 3), plain("log_normalize")}),
            2, {{0, 1, 4, 5, 6}});
    }
    SECTION("dense layers, with groups") {
        require_conditional(network({conv("first", 3, 1, 4), plain("normalize"), pool("marginal_pool", 4, 4),
                                     linear("second", 2, 5), plain("normalize"), linear("last", 1, 3),
                                     plain("log_normalize")}),
                            3, {{0, 4}, {2, 3}});
    }
}

TEST_CASE("where the reader's windows reach over the border the interior is exact", "[pruning]") {
    const Model model = network({conv("first", 3, 1, 5), plain("normalize"), conv("second", 3, 1, 4, 1, 1),
                                 plain("normalize"), linear("last", 1, 3), plain("log_normalize")});
    const KeptStates kept = {{0, 2, 4}};
    const Tensor images = drawn_images(model.input, 5);
    const Tensor found = behind(with_states(model, 0, kept), images, 4),
                 expected = behind(with_excluding_prior(model, 0, kept), images, 4);
    const int height = 10, width = 9, states = 4;
    double interior = 0, border = 0;
    for (std::size_t i = 0; i < found.number_of_elements(); i++) {
        const int x = static_cast<int>(i) / states % width, y = static_cast<int>(i) / states / width % height;
        double &largest = x > 0 && y > 0 && x + 1 < width && y + 1 < height ? interior : border;
        largest = std::max<double>(largest, std::fabs(static_cast<const float *>(found.data())[i] -
                                                      static_cast<const float *>(expected.data())[i]));
    }
    CHECK(interior <= 1e-5);
    CHECK(border > 0.01);
}

TEST_CASE("the novelty does not outlive the numbers that it was fitted to", "[pruning]") {
    const Model model = fitted_model();
    REQUIRE(model.novelty);
    CHECK_FALSE(with_states(model, 0, {{0, 1, 2}, {1, 2, 3}}).novelty);
    CHECK(model.novelty);
    CHECK(model.layers[0].attribute("states") == 4);
}

TEST_CASE("layers that cannot lose states say what stands in the way", "[pruning]") {
    const std::vector<Layer> plain_end = {linear("last", 1, 3), plain("log_normalize")};
    const auto refusal = [&](std::vector<Layer> between, std::size_t layer, const std::string &sentence) {
        std::vector<Layer> layers = {conv("first", 3, 1, 4)};
        layers.insert(layers.end(), between.begin(), between.end());
        layers.insert(layers.end(), plain_end.begin(), plain_end.end());
        const Model model = network(layers);
        REQUIRE_THROWS_WITH(reader_of_states(model, layer), Contains(sentence));
        const auto able = layers_that_can_lose_states(model);
        CHECK(std::count(able.begin(), able.end(), layer) == 0);
    };
    refusal({plain("relu")}, 0, "layer 1 (relu) makes no distributions");
    refusal({plain("normalize"), pool("max_pool", 2, 2)}, 0, "layer 2 (max_pool) reads them");
    refusal({plain("normalize")}, 2, "no KLD layer reads them");
    refusal({plain("normalize")}, 1, "States of layer 1 (normalize) cannot be removed: it has none");
    const Model ordinary = small_ordinary_model();
    CHECK(layers_that_can_lose_states(ordinary).empty());
}

TEST_CASE("layers are called by name or index", "[pruning]") {
    const Model model = small_model();
    CHECK(layer_called(model, "first") == 0);
    CHECK(layer_called(model, "last") == 3);
    CHECK(layer_called(model, "3") == 3);
    REQUIRE_THROWS_WITH(layer_called(model, "second"),
                        Contains("no layer 'second'") && Contains("'first' (0)"));
    REQUIRE_THROWS_WITH(layer_called(model, "99"), Contains("no layer '99'"));
    REQUIRE_THROWS_WITH(layer_called(model, ""), Contains("no layer ''"));
}

TEST_CASE("states that a layer does not have cannot stay", "[pruning]") {
    const Model model = small_model();  // 2 groups of 4 states
    for (const KeptStates &kept :
         {KeptStates{{0, 1}}, KeptStates{{0, 1}, {1}}, KeptStates{{0, 1}, {1, 4}}, KeptStates{{0, 1}, {2, 1}},
          KeptStates{{0, 1}, {-1, 1}}, KeptStates{{0, 1}, {1, 1}}, KeptStates{{0}, {1}}}) {
        REQUIRE_THROWS_WITH(with_states(model, 0, kept), Contains("at least 2 of 4 in each of 2 groups"));
    }
}
