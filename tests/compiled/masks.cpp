// Compiled networks of which not every pixel was observed against the runtime's, and the laws of unobserved
// pixels.
#include "runtime/network.h"
#include "tests/compiled/shared_object.h"
#include "tests/compiled/target.h"
#include "tests/runtime/random_networks.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace fsd;
using namespace fsd::testing;

namespace {

constexpr unsigned models = 8;

compiler::LibraryOptions with_masks() {
    compiler::LibraryOptions options;
    options.masked = true;
    return options;
}

const uint8_t *pixels_of(const Tensor &tensor) {
    return static_cast<const uint8_t *>(tensor.data());
}

Tensor mask_of(const Model &model, int samples, int colors, unsigned seed) {
    Tensor mask = make_tensor<uint8_t>({samples, model.input.height, model.input.width, colors});
    std::mt19937 random(seed);
    auto *bytes = static_cast<uint8_t *>(mask.data());
    std::generate_n(bytes, mask.number_of_elements(), [&] {
        return random() % 3 == 0 ? uint8_t{0} : static_cast<uint8_t>(random() % 255 + 1);
    });
    return mask;
}

std::vector<float> masked(CompiledMasked network, const Model &model, const Tensor &images,
                          const Tensor *mask) {
    const int batch = images.dim(3).extent();
    std::vector<float> found(static_cast<std::size_t>(batch) * model.classes.size(), 1);
    REQUIRE(network(pixels_of(images), mask ? pixels_of(*mask) : nullptr, mask ? mask->dim(0).extent() : 0,
                    batch, found.data()) == 0);
    return found;
}

void compare(const Model &model, CompiledMasked network, int colors, unsigned seed) {
    const Tensor images = random_images(model, 5, seed), mask = mask_of(model, 5, colors, seed);
    Tensor expected = make_tensor<float>({5, static_cast<int>(model.classes.size())});
    Network(model).run({images, expected, &mask});
    const auto *numbers = static_cast<const float *>(expected.data());
    const std::vector<float> found = masked(network, model, images, &mask);
    double largest = 1, difference = 0;
    for (std::size_t i = 0; i < found.size(); i++) {
        REQUIRE(std::isfinite(found[i]));
        largest = std::max(largest, std::fabs(static_cast<double>(numbers[i])));
        difference = std::max(difference, std::fabs(static_cast<double>(found[i]) - numbers[i]));
    }
    CHECK(difference <= 4 * largest * std::numeric_limits<float>::epsilon());
}

// One layer: of its posterior the prior is known.
Model one_layer(int colors) {
    Model model;
    model.input = {9, 7, colors};
    model.layers = {linear("classes", 1, 5), plain("log_normalize")};
    return with_parameters(model, 11);
}

}  // namespace

TEST_CASE("compiled networks pass over what is unobserved as the chained ones do", "[compiled]") {
    SharedObject object;
    for (unsigned seed = 0; seed < models; seed++) {
        object.add(random_model(seed), "network" + std::to_string(seed), {target_in_use()}, with_masks());
    }
    object.load();
    for (unsigned seed = 0; seed < models; seed++) {
        const Model model = random_model(seed);
        INFO(seed << ": " << describe(model));
        const CompiledMasked network = object.masked("network" + std::to_string(seed));
        compare(model, network, 1, seed);
        compare(model, network, model.input.colors, seed);
    }
}

TEST_CASE("compiled laws of unobserved pixels", "[compiled]") {
    const Model model = one_layer(3);
    SharedObject object;
    object.add(model, "net", {target_in_use()}, with_masks());
    object.load();
    const CompiledMasked network = object.masked("net");
    Tensor images = random_images(model, 4, 2);
    const Tensor mask = mask_of(model, 4, 3, 5);

    // Its value does not matter.
    const std::vector<float> expected = masked(network, model, images, &mask);
    for (std::size_t i = 0; i < images.number_of_elements(); i++) {
        if (pixels_of(mask)[i] == 0) {
            static_cast<uint8_t *>(images.data())[i] ^= 0x5a;
        }
    }
    CHECK(masked(network, model, images, &mask) == expected);

    // No mask is one in which all was observed.
    Tensor filled = make_tensor<uint8_t>({4, 9, 7, 1});
    std::fill_n(static_cast<uint8_t *>(filled.data()), filled.number_of_elements(), uint8_t{9});
    const std::vector<float> whole = masked(network, model, images, nullptr);
    CHECK(masked(network, model, images, &filled) == whole);
    CHECK(whole != expected);

    // Where nothing was observed the prior is the posterior.
    std::fill_n(static_cast<uint8_t *>(filled.data()), filled.number_of_elements(), uint8_t{0});
    const std::vector<float> nothing = masked(network, model, images, &filled);
    const auto *prior = static_cast<const float *>(model.tensor("classes.log_prior").data());
    for (std::size_t i = 0; i < nothing.size(); i++) {
        const float size = std::fabs(prior[i % 5]);
        CHECK(std::fabs(nothing[i] - prior[i % 5]) <= 4 * (std::nextafter(size, INFINITY) - size));
    }
}

TEST_CASE("a compiled network with a mask says what is wrong with a call and writes nothing", "[compiled]") {
    SharedObject object;
    object.add(one_layer(3), "net", {target_in_use(), target_of("baseline")}, with_masks());
    object.load();
    const CompiledMasked network = object.masked("net");
    const std::vector<uint8_t> image(189), mask(189, 1);
    std::vector<float> result(5, 7.F);
    CHECK(network(image.data(), mask.data(), 1, -1, result.data()) == 1);
    CHECK(network(nullptr, mask.data(), 1, 1, result.data()) == 2);
    CHECK(network(image.data(), mask.data(), 1, 1, nullptr) == 2);
    CHECK(network(image.data(), mask.data(), 0, 1, result.data()) == 3);
    CHECK(network(image.data(), mask.data(), 2, 1, result.data()) == 3);
    CHECK(network(nullptr, nullptr, 0, 0, nullptr) == 0);
    CHECK(result == std::vector<float>(5, 7.F));
    CHECK(network(image.data(), mask.data(), 3, 1, result.data()) == 0);
    CHECK(result[0] < 0);
}

TEST_CASE("what cannot be unobserved is not compiled with masks", "[compiled]") {
    SharedObject object;
    CHECK_THROWS_WITH(object.add(small_ordinary_model(), "net", {"host"}, with_masks()),
                      Catch::Contains("Bernoulli"));
    CHECK_THROWS_WITH(object.add(small_model(), "net", {"x86-64-linux-cuda"}, with_masks()),
                      Catch::Contains("CPUs"));
}
