// A compiled library in the place of a network's kernels: the library's bits, and only where it was compiled
// of this very network.
#include "runtime/fsdnet.h"
#include "runtime/network.h"
#include "runtime/threads.h"
#include "tests/compiled/shared_object.h"
#include "tests/quantization/networks.h"
#include "tests/runtime/allocations.h"
#include "tests/runtime/random_networks.h"
#include "toolkit/networks/shared_library.h"
#include "toolkit/networks/stored_network.h"

#include <catch2/catch.hpp>

#include <cstring>
#include <memory>

using namespace fsd;
using namespace fsd::testing;

namespace {

// lib<name>.so of a model, as `fsdnet compile --shared` makes it.
template<typename Stored>
std::string shared_library(const Stored &network, const std::string &folder,
                           compiler::LibraryOptions options = {}) {
    options.name = "net";
    options.targets = {"host"};
    options.folder = folder;
    const std::string archive = compiler::compile_library(network, options).library;
    link_shared(archive, "net", folder + "/libnet.so");
    return folder + "/libnet.so";
}

NetworkOptions with(const std::string &library) {
    NetworkOptions options;
    options.batch = 5;
    options.compiled = library;
    return options;
}

Tensor result_of(Network &network, const Tensor &inputs) {
    Tensor result = make_tensor<float>({inputs.dim(inputs.dimensions() - 1).extent(), network.result_size()});
    network.run(inputs, result);
    return result;
}

std::vector<float> numbers_of(const Tensor &tensor) {
    const auto *numbers = static_cast<const float *>(tensor.data());
    return {numbers, numbers + tensor.number_of_elements()};
}

std::vector<float> called(const std::string &library, const Tensor &inputs, int results) {
    Tensor result = make_tensor<float>({inputs.dim(inputs.dimensions() - 1).extent(), results});
    CompiledLibrary(library).run(inputs, result);
    return numbers_of(result);
}

struct ThreadCount {
    const int before = threads();
    explicit ThreadCount(int count) { set_threads(count); }
    ThreadCount(const ThreadCount &) = delete;
    ThreadCount &operator=(const ThreadCount &) = delete;
    ~ThreadCount() { set_threads(before); }
};

}  // namespace

TEST_CASE("a network runs what was compiled of it, for any threads, batches and strides", "[compiled]") {
    const TemporaryFolder folder;
    const Model model = small_model();
    const std::string library = shared_library(model, folder.path());
    Network network(model, with(library));
    for (const int samples : {0, 1, 7, 16, 33, 100}) {
        const Tensor images = random_images(model, samples, 3);
        const std::vector<float> expected = called(library, images, 3);
        for (const int count : {1, 3}) {
            const ThreadCount used(count);
            INFO(samples << " samples, " << count << " threads");
            CHECK(numbers_of(result_of(network, images)) == expected);
        }
        Tensor wide = make_tensor<uint8_t>({samples, 6, 9, 1});
        Tensor spread = wide.cropped(1, 2, 5);
        spread.set_min(0, 0, 0, 0);
        spread.copy_from(images);
        Tensor wide_result = make_tensor<float>({samples, 5});
        Tensor result = wide_result.cropped(0, 1, 3);
        result.set_min(0, 0);
        network.run(spread, result);
        Tensor dense = make_tensor<float>({samples, 3});
        dense.copy_from(result);
        CHECK(numbers_of(dense) == expected);
    }
}

TEST_CASE("masks, evidence and observers have the kernels", "[compiled]") {
    const TemporaryFolder folder;
    const Model model = small_model();
    Network compiled(model, with(shared_library(model, folder.path()))), kernels(model);
    const Tensor images = random_images(model, 6, 4);
    Tensor mask = make_tensor<uint8_t>({6, 6, 5, 1});
    std::memset(mask.data(), 1, mask.size_in_bytes());
    Tensor one = make_tensor<float>({6, 3}), other = make_tensor<float>({6, 3});
    compiled.run({images, one, &mask});
    kernels.run({images, other, &mask});
    CHECK(numbers_of(one) == numbers_of(other));
    int seen = 0;
    compiled.run(images, one, [&](std::size_t, const Tensor &) { seen++; });
    CHECK(seen > 0);
    kernels.run(images, other);
    CHECK(numbers_of(one) == numbers_of(other));
}

TEST_CASE("floats go to the function for floats, or to the kernels", "[compiled]") {
    const TemporaryFolder folder, second;
    const Model model = small_model();
    compiler::LibraryOptions floats;
    floats.floats = true;
    const std::string with_floats = shared_library(model, folder.path(), floats);
    Tensor numbers = random_numbers(model, 7, 5);
    Tensor expected = make_tensor<float>({7, 3});
    CompiledLibrary(with_floats, "net_floats").run(numbers, expected);
    Network network(model, with(with_floats));
    CHECK(numbers_of(result_of(network, numbers)) == numbers_of(expected));
    Network bytes_alone(model, with(shared_library(model, second.path()))), kernels(model);
    CHECK(numbers_of(result_of(bytes_alone, numbers)) == numbers_of(result_of(kernels, numbers)));
    static_cast<float *>(numbers.data())[0] = 2;
    CHECK_THROWS_WITH(result_of(network, numbers), Catch::Contains("Number 0 of sample 0 is 2"));
}

TEST_CASE("a library of another network, of no network or for a device is refused", "[compiled]") {
    const TemporaryFolder folder, other;
    Model model = small_model();
    const std::string library = shared_library(model, folder.path());
    Model renamed = model;
    renamed.classes = {"a", "b", "c"};
    renamed.notes["note"] = "another";
    CHECK_NOTHROW(Network(renamed, with(library)));
    NetworkOptions on_device = with(library);
    on_device.device = "auto";
    CHECK_THROWS_WITH(Network(model, on_device), Catch::Contains("runs on the CPU"));
    static_cast<float *>(model.tensors.at("last.log_prior").data())[0] += 1e-6F;
    CHECK_THROWS_WITH(Network(model, with(library)), Catch::Contains("compiled of another network"));
    CHECK_THROWS_WITH(Network(model, with(folder / "nothing.so")), Catch::Contains("No such file"));
    write_bytes(folder / "libtext.so", "no library");
    CHECK_THROWS_WITH(Network(model, with(folder / "libtext.so")), Catch::Contains("cannot be loaded"));
    compiler::LibraryOptions caller;
    caller.memory = compiler::MemoryPlace::caller;
    CHECK_THROWS_WITH(Network(model, with(shared_library(model, other.path(), caller))),
                      Catch::Contains("does not say what it was compiled of"));
}

TEST_CASE("a result that is not a number is refused as the kernels refuse it", "[compiled]") {
    const TemporaryFolder folder;
    Model model = small_model();
    static_cast<float *>(model.tensors.at("last.observations").data())[0] = 3e38F;
    Network network(model, with(shared_library(model, folder.path())));
    CHECK_THROWS_WITH(result_of(network, random_images(model, 2, 1)), Catch::Contains("NaN"));
}

TEST_CASE("runs of a compiled library allocate nothing", "[compiled]") {
    if (!allocations_are_counted()) {
        WARN("Allocations are not counted under sanitizers.");
        return;
    }
    const TemporaryFolder folder;
    const Model model = small_model();
    Network network(model, with(shared_library(model, folder.path())));
    const Tensor images = random_images(model, 40, 6);
    Tensor result = make_tensor<float>({40, 3});
    network.run(images, result);
    const std::size_t before = allocation_count();
    for (int i = 0; i < 20; i++) {
        network.run(images, result);
    }
    CHECK(allocation_count() == before);
}

TEST_CASE("what was compiled of a quantized network takes the place of its integers", "[compiled]") {
    const TemporaryFolder folder;
    const QuantizedNetwork quantized = quantize(drawn_network(3));
    save_quantized(quantized, folder / "network");
    const std::string library = shared_library(quantized, folder.path());
    const StoredNetwork network = load_network(folder / "network", library);
    const Tensor images = random_images(network.model, 9, 7);
    const int classes = static_cast<int>(network.model.classes.size());
    CHECK(numbers_of(log_posteriors(network, images, "cpu")) == called(library, images, classes));
    save_quantized(quantize(drawn_network(4)), folder / "another");
    CHECK_THROWS_WITH(log_posteriors(load_network(folder / "another", library),
                                     random_images(load_network(folder / "another").model, 1, 1), "cpu"),
                      Catch::Contains("compiled of another network"));
}

TEST_CASE("a compiled library takes the kernels' place through C", "[compiled]") {
    const TemporaryFolder folder;
    const Model model = small_model();
    save_model(model, folder / "model.safetensors");
    const std::string library = shared_library(model, folder.path());
    const std::string path = folder / "model.safetensors";
    const std::unique_ptr<fsdnet_network, decltype(&fsdnet_free)> network(
        fsdnet_load_compiled(path.c_str(), library.c_str()), fsdnet_free);
    REQUIRE(network);
    const Tensor images = random_images(model, 4, 8);
    std::vector<float> result(12);
    REQUIRE(fsdnet_run(network.get(), static_cast<const uint8_t *>(images.data()), 4, result.data()) ==
            FSDNET_OK);
    CHECK(result == called(library, images, 3));
    CHECK(fsdnet_load_compiled(path.c_str(), nullptr) == nullptr);
    CHECK(fsdnet_load_compiled(path.c_str(), path.c_str()) == nullptr);
    CHECK_THAT(fsdnet_last_error(), Catch::Contains("cannot be loaded"));
}
