// Long networks, which are compiled in pieces, against what the pieces are to give together.
#include "runtime/network.h"
#include "tests/compiled/shared_object.h"
#include "tests/runtime/random_networks.h"
#include "toolkit/quantization/integer_network.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <memory>

using namespace fsd;
using namespace fsd::testing;
using fsd::compiler::Library;
using fsd::compiler::LibraryOptions;
using fsd::compiler::MemoryPlace;

namespace {

constexpr int batch = 3;

// Pieces begin at convolutions and at linear layers. Pools with and without overlaps; what is folded into a
// convolution, and what is not.
Model long_ordinary_model() {
    Model model;
    model.input = {9, 8, 1};
    model.input.kind = InputKind::real;
    for (int i = 0; i < 8; i++) {
        model.layers.push_back(real_conv("conv" + std::to_string(i), 3, 3 + i % 4, 1, 1));
        if (i % 4 == 1) {
            model.layers.push_back(named("batch_norm", "norm" + std::to_string(i)));
        }
        model.layers.push_back(plain(i % 3 == 2 ? "erf" : "relu"));
        if (i == 2 || i == 4) {
            model.layers.push_back(
                pool(i == 2 ? "average_pool" : "max_pool", i == 2 ? 2 : 3, i == 2 ? 2 : 1));
        }
    }
    for (int i = 0; i < 9; i++) {
        model.layers.push_back(real_linear("linear" + std::to_string(i), 9 + i));
        model.layers.push_back(plain("relu"));
    }
    model.layers.push_back(real_linear("last", 4));
    model.layers.push_back(plain("log_softmax"));
    return with_parameters(model, 5);
}

Model long_fsd_model() {
    Model model;
    model.input = {7, 6, 1};
    for (int i = 0; i < 17; i++) {
        const std::string name = "layer" + std::to_string(i);
        model.layers.push_back(i < 1   ? conv(name, 3, 2, 4, 1, 1)
                               : i < 3 ? conv(name, 1, 3, 3)
                                       : linear(name, 2, 5));
        model.layers.push_back(plain("normalize"));
        if (i == 1) {
            model.layers.push_back(pool("marginal_pool", 2, 2));
        }
    }
    model.layers.push_back(linear("last", 1, 3));
    model.layers.push_back(plain("log_normalize"));
    return with_parameters(model, 6);
}

std::vector<float> chained(const Model &model, const Tensor &inputs) {
    Network network(model);
    Tensor result = make_tensor<float>({batch, network.result_size()});
    network.run(inputs, result);
    const auto *first = static_cast<const float *>(result.data());
    return {first, first + result.number_of_elements()};
}

void need_the_same(const std::vector<float> &expected, const std::vector<float> &found) {
    REQUIRE(expected.size() == found.size());
    for (std::size_t i = 0; i < found.size(); i++) {
        CHECK(std::fabs(found[i] - expected[i]) <=
              4 * std::numeric_limits<float>::epsilon() * std::max(1.F, std::fabs(expected[i])));
    }
    // Images are told apart, by more than what is allowed: what the first pieces give comes through.
    CHECK(std::fabs(expected.front() - expected[expected.size() - expected.size() / batch]) > 5e-6);
}

}  // namespace

TEST_CASE("long networks of distributions give the chained posteriors on two instruction sets",
          "[compiled]") {
    const Model model = long_fsd_model();
    SharedObject object;
    object.add(model, "network", {"host", "x86-64-linux"});
    object.load();
    const Tensor images = random_images(model, batch, 3);
    std::vector<float> found(std::size_t(3) * batch, 1);
    REQUIRE(object.function("network")(static_cast<const uint8_t *>(images.data()), batch, found.data()) ==
            0);
    need_the_same(chained(model, images), found);
}

TEST_CASE("long ordinary networks give the chained posteriors, and the same bits in the caller's memory",
          "[compiled]") {
    const Model model = long_ordinary_model();
    SharedObject object;
    LibraryOptions options;
    const Library plain = object.add(model, "plain", {"host"}, options);
    options.memory = MemoryPlace::caller;
    const Library placed = object.add(model, "placed", {"host"}, options);
    object.load();
    CHECK(placed.stack_bytes < plain.stack_bytes);
    const std::unique_ptr<unsigned char, decltype(&std::free)> memory(
        static_cast<unsigned char *>(std::aligned_alloc(64, placed.memory_bytes + 64)), std::free);
    std::fill_n(memory.get(), placed.memory_bytes + 64, 0xff);
    const Tensor images = random_images(model, batch, 7);
    const auto *bytes = static_cast<const uint8_t *>(images.data());
    std::vector<float> found(std::size_t(4) * batch), in_memory(found);
    REQUIRE(object.function("plain")(bytes, batch, found.data()) == 0);
    need_the_same(chained(model, images), found);
    REQUIRE(object.symbol<int (*)(const uint8_t *, int, float *, void *)>("placed")(
                bytes, batch, in_memory.data(), memory.get()) == 0);
    CHECK(in_memory == found);
    CHECK(std::all_of(memory.get() + placed.memory_bytes, memory.get() + placed.memory_bytes + 64,
                      [](unsigned char byte) { return byte == 0xff; }));
}

TEST_CASE("long networks of integers give the portable evaluation's posteriors", "[compiled]") {
    const QuantizedNetwork quantized = quantize(long_fsd_model());
    SharedObject object;
    object.add(quantized, "network", {"host"});
    object.load();
    const Tensor images = random_images(quantized.description, batch, 8);
    const Tensor expected = IntegerNetwork(quantized).log_posteriors(images);
    std::vector<float> found(expected.number_of_elements());
    REQUIRE(object.function("network")(static_cast<const uint8_t *>(images.data()), batch, found.data()) ==
            0);
    const auto *numbers = static_cast<const float *>(expected.data());
    for (std::size_t i = 0; i < found.size(); i++) {
        CHECK(found[i] == Approx(numbers[i]).margin(1e-3));
    }
}
