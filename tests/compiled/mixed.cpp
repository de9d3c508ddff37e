// Compiled networks that mix FSD and ordinary layers against chained ones: bytes and floats, classes and
// numbers.
#include "runtime/network.h"
#include "tests/compiled/shared_object.h"
#include "tests/compiled/target.h"
#include "tests/runtime/random_networks.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

using namespace fsd;
using namespace fsd::testing;

namespace {

constexpr int batch = 3;

Tensor chained(const Model &model, const Tensor &inputs) {
    Network network(model);
    Tensor result = make_tensor<float>({batch, network.result_size()});
    network.run(inputs, result);
    return result;
}

// The same formulas in the same order: what differs are multiplications and additions that are merged or not
// in functions of single numbers.
void compare(const Tensor &expected, const std::vector<float> &found, double ulp) {
    const auto *numbers = static_cast<const float *>(expected.data());
    double largest = 1, difference = 0;
    for (std::size_t i = 0; i < found.size(); i++) {
        REQUIRE(std::isfinite(found[i]));
        largest = std::max(largest, std::fabs(static_cast<double>(numbers[i])));
        difference = std::max(difference, std::fabs(static_cast<double>(found[i]) - numbers[i]));
    }
    CHECK(difference <= ulp * largest * std::numeric_limits<float>::epsilon());
}

void compare(const Model &model, const SharedObject &object, const std::string &name, unsigned seed,
             double ulp = 4) {
    std::vector<float> found(static_cast<std::size_t>(batch) * result_size(model), 1);
    const Tensor numbers = random_numbers(model, batch, seed);
    if (model.input.takes_bytes()) {
        const Tensor images = random_images(model, batch, seed);
        REQUIRE(object.function(name)(static_cast<const uint8_t *>(images.data()), batch, found.data()) == 0);
        compare(chained(model, images), found, ulp);
    }
    const auto network = object.function_for_floats(model.input.takes_bytes() ? name + "_floats" : name);
    REQUIRE(network(static_cast<const float *>(numbers.data()), batch, found.data()) == 0);
    compare(chained(model, numbers), found, ulp);
}

// Layers where the blocks of a compiled network do not expect them.
Model layers_in_any_order() {
    Model model;
    model.input = {11, 9, 3};
    model.input.kind = InputKind::real;
    model.input.scale = {0.01, 0.02, 0.03};
    model.layers = {plain("softmax"),
                    pool("average_pool", 2, 1),
                    real_conv("depthwise", 3, 3, 1, 1, 3),
                    plain("relu"),
                    pool("max_pool", 3, 2),
                    plain("erf"),
                    named("batch_norm", "norm"),
                    pool("max_pool", 2, 2),
                    quadratic(0.25),
                    real_conv("pairs", 2, 34, 1, 1, 1),
                    plain("relu"),
                    real_conv("grouped", 1, 40, 1, 0, 2),
                    plain("relu"),
                    plain("softmax"),
                    locally_connected("local", 2, 20),
                    real_linear("last", 5),
                    plain("sigmoid")};
    return with_parameters(model, 4);
}

// `layers` over real images of 66 x 70 pixels.
Model of_pixels(const std::vector<Layer> &layers, unsigned seed) {
    Model model;
    model.input = {66, 70, 1};
    model.input.kind = InputKind::real;
    model.input.scale = {0.01};
    model.layers = layers;
    return with_parameters(model, seed);
}

Model of_a_long_vector() {
    Model model;
    model.input = {1, 1, 5001};
    model.input.kind = InputKind::vector;
    model.layers = {real_linear("hidden", 21), plain("relu"), real_linear("last", 5)};
    return with_parameters(model, 7);
}

}  // namespace

TEST_CASE("compiled mixed networks give the chained networks' results", "[compiled]") {
    constexpr unsigned models = 24;
    SharedObject object;
    for (unsigned seed = 0; seed < models; seed++) {
        object.add(random_mixed_model(seed), "network" + std::to_string(seed), {target_in_use()}, true);
    }
    object.add(layers_in_any_order(), "in_any_order", {target_in_use()}, true);
    object.load();
    for (unsigned seed = 0; seed < models; seed++) {
        const Model model = random_mixed_model(seed);
        INFO(seed << ": " << describe(model));
        compare(model, object, "network" + std::to_string(seed), seed);
    }
    compare(layers_in_any_order(), object, "in_any_order", 1);
}

// Blocks of such sums end with a row of the map, those of the kernels after 1024 numbers.
TEST_CASE("compiled sums of more than 4096 terms give the chained networks' results", "[compiled]") {
    const std::map<std::string, Model> models = {
        {"pixels", of_pixels({real_linear("hidden", 21), plain("relu"), real_linear("last", 5)}, 5)},
        {"map", of_pixels({real_conv("pairs", 1, 2), plain("relu"), real_linear("last", 5)}, 6)},
        {"long_vector", of_a_long_vector()}};
    SharedObject object;
    for (const auto &[name, model] : models) {
        object.add(model, name, {target_in_use()}, true);
    }
    object.load();
    for (const auto &[name, model] : models) {
        INFO(name);
        compare(model, object, name, 1, 16);
    }
}
