// Compiled networks whose tensors are not on the stack: the same bits, little stack, any size.
#include "compiler/memory_place.h"
#include "runtime/error.h"
#include "runtime/models/model_json.h"
#include "tests/compiled/shared_object.h"
#include "tests/runtime/random_networks.h"
#include "tests/runtime/stack_probe.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>

using namespace fsd;
using namespace fsd::testing;
using fsd::compiler::Library;
using fsd::compiler::LibraryOptions;
using fsd::compiler::memory_alignment;
using fsd::compiler::MemoryPlace;

namespace {

// What holds nothing that a call may rely on.
class CallersMemory {
public:
    explicit CallersMemory(std::size_t bytes)
        : bytes_((bytes + memory_alignment - 1) / memory_alignment * memory_alignment),
          memory_(std::aligned_alloc(memory_alignment, bytes_ + memory_alignment), std::free) {
        std::memset(memory_.get(), 0xff, bytes_ + memory_alignment);
    }
    void *begin() const { return memory_.get(); }
    // Whether no call has written behind it.
    bool is_whole() const {
        const auto *end = static_cast<const unsigned char *>(memory_.get()) + bytes_;
        return std::all_of(end, end + memory_alignment, [](unsigned char byte) { return byte == 0xff; });
    }

private:
    std::size_t bytes_;
    std::unique_ptr<void, decltype(&std::free)> memory_;
};

using WithMemory = int (*)(const uint8_t *, int, float *, void *);

LibraryOptions in(MemoryPlace place, bool all_functions = false) {
    LibraryOptions options;
    options.memory = place;
    options.judge = options.masked = all_functions;
    return options;
}

const uint8_t *bytes_of(const Tensor &images) {
    return static_cast<const uint8_t *>(images.data());
}

// A map of 1 MiB that a pool with overlaps reads.
Model large_model() {
    Model model;
    model.input = {128, 128, 1};
    model.input.kind = InputKind::real;
    model.layers = {real_conv("first", 1, 16),    pool("max_pool", 3, 2),
                    real_conv("second", 3, 4, 4), plain("relu"),
                    real_linear("last", 3),       plain("log_softmax")};
    return with_parameters(model, 3);
}

// Small tensors would stay on the stack.
Model fitted_to_large_images() {
    Model model = fitted_model();
    model.input.height = 24;
    model.input.width = 20;
    return with_parameters(model, 8);
}

}  // namespace

TEST_CASE("functions with the caller's memory give the bits of those on the stack", "[compiled]") {
    const Model model = fitted_to_large_images();
    SharedObject object;
    object.add(model, "plain", {"host"}, in(MemoryPlace::stack, true));
    const Library library = object.add(model, "placed", {"host"}, in(MemoryPlace::caller, true));
    object.load();
    CHECK(library.memory_bytes > 4096);
    CHECK(library.declarations[0] ==
          "int placed(const uint8_t *image, int batch, float *log_posterior, void *memory)");
    const int batch = 3;
    const CallersMemory memory(library.memory_bytes);
    const Tensor images = random_images(model, batch, 5);
    const std::vector<uint8_t> mask(24 * 20 * batch, 1);
    std::vector<float> expected(15), found(15);

    REQUIRE(object.function("plain")(bytes_of(images), batch, expected.data()) == 0);
    REQUIRE(object.symbol<WithMemory>("placed")(bytes_of(images), batch, found.data(), memory.begin()) == 0);
    CHECK(found == expected);
    REQUIRE(object.judge("plain")(bytes_of(images), batch, expected.data(), &expected[9], &expected[12]) ==
            0);
    REQUIRE(object.symbol<int (*)(const uint8_t *, int, float *, float *, float *, void *)>("placed_judge")(
                bytes_of(images), batch, found.data(), &found[9], &found[12], memory.begin()) == 0);
    CHECK(found == expected);
    REQUIRE(object.masked("plain")(bytes_of(images), mask.data(), 1, batch, expected.data()) == 0);
    REQUIRE(object.symbol<int (*)(const uint8_t *, const uint8_t *, int, int, float *, void *)>(
                "placed_masked")(bytes_of(images), mask.data(), 1, batch, found.data(), memory.begin()) == 0);
    CHECK(found == expected);
    CHECK(memory.is_whole());
}

TEST_CASE("a function says that the caller's memory is none or is not aligned", "[compiled]") {
    SharedObject object;
    const Library library =
        object.add(small_model(), "small", {"host", "x86-64-linux"}, in(MemoryPlace::caller));
    object.load();
    const auto network = object.symbol<WithMemory>("small");
    const std::vector<uint8_t> image(30);
    std::vector<float> result(3, 7.F);
    const CallersMemory memory(library.memory_bytes + 8);
    CHECK(network(image.data(), 1, result.data(), nullptr) == 2);
    CHECK(network(image.data(), 1, result.data(), static_cast<char *>(memory.begin()) + 8) == 6);
    CHECK(result == std::vector<float>(3, 7.F));
    CHECK(network(image.data(), 0, result.data(), nullptr) == 0);
    CHECK(network(image.data(), 1, result.data(), memory.begin()) == 0);
}

TEST_CASE("64 KiB of stack are enough with the caller's memory: the CIFAR network, and one of any size",
          "[compiled]") {
    SharedObject object;
    const std::string description = FSDNET_SOURCES "/models/cifar-32-32-64.json";
    const std::vector<std::pair<std::string, Model>> models = {
        {"cifar", with_parameters(description_from_json(read_bytes(description), description), 1)},
        {"large", large_model()}};
    CHECK_THROWS_WITH(object.add(large_model(), "refused", {"host"}), Catch::Contains("'--memory caller'"));
    std::vector<Library> libraries;
    for (const auto &[name, model] : models) {
        libraries.push_back(object.add(model, name, {"host"}, in(MemoryPlace::caller)));
    }
    object.load();
    for (std::size_t i = 0; i < models.size(); i++) {
        INFO(models[i].first);
        const Tensor images = random_images(models[i].second, 1, 2);
        const CallersMemory memory(libraries[i].memory_bytes);
        std::vector<float> result(10, 7.F);
        int status = -1;
        const std::size_t stack = stack_touched([&] {
            status = object.symbol<WithMemory>(models[i].first)(bytes_of(images), 1, result.data(),
                                                                memory.begin());
        });
        CHECK(status == 0);
        CHECK(result[0] < 0);
        CHECK(libraries[i].memory_bytes > 100'000);
        CHECK(stack <= 64 * 1024);
        CHECK(memory.is_whole());
    }
}
