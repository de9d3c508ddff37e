// Networks on a device: near the CPU's, the same bits each time, through C++ and C.
#include "runtime/device.h"
#include "runtime/error.h"
#include "runtime/fsdnet.h"
#include "runtime/network.h"
#include "tests/device_under_test.h"
#include "tests/runtime/models.h"
#include "tests/runtime/random_networks.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <memory>

using namespace fsd;
using namespace fsd::testing;

namespace {

std::vector<float> run_on(const Model &model, const Tensor &images, const std::string &device) {
    NetworkOptions options;
    options.device = device;
    Network network(model, options);
    std::vector<float> result(static_cast<std::size_t>(images.dim(3).extent()) * model.classes.size());
    Tensor view = view_tensor(halide_type_of<float>(), result.data(),
                              {images.dim(3).extent(), static_cast<int>(model.classes.size())});
    network.run(images, view);
    return result;
}

}  // namespace

TEST_CASE("a network says which device it runs on, and all its kernels are of it", "[devices]") {
    const Network network(small_model(), options_under_test());
    REQUIRE(network.device() == device_under_test());
    for (const Kernel *kernel : network.kernels()) {
        REQUIRE(kernel->schedule == device_under_test());
    }
}

// Both are within the bounds of tests/network.cpp from float64. Here the first layers' roundings count, which
// grow with the logits: log-posteriors of these models lie within 100 nats, of which 1e-5 are 84 roundings of
// float32 (2^-23).
TEST_CASE("a device gives the CPU's log-posteriors up to rounding, and the same bits each time",
          "[devices]") {
    const unsigned last = device_is_emulated() ? 203 : 212;
    for (unsigned seed = 200; seed < last; seed++) {
        const Model model = random_model(seed);
        const Tensor images = random_images(model, 70, seed);
        INFO("seed " << seed << ": " << describe(model));
        const std::vector<float> cpu = run_on(model, images, "cpu"),
                                 found = run_on(model, images, device_under_test());
        for (std::size_t i = 0; i < cpu.size(); i++) {
            INFO("number " << i << ": " << cpu[i] << " on the CPU, " << found[i]);
            REQUIRE((cpu[i] == found[i] || std::fabs(cpu[i] - found[i]) <= 1e-5 * (1 + std::fabs(cpu[i]))));
        }
        REQUIRE(run_on(model, images, device_under_test()) == found);
    }
}

TEST_CASE("the C interface loads a network on a device and names it", "[devices]") {
    const TemporaryFolder folder;
    const std::string path = folder / "model.safetensors";
    const Model model = small_model();
    save_model(model, path);
    const Tensor images = random_images(model, 5, 1);
    const std::unique_ptr<fsdnet_network, decltype(&fsdnet_free)> network(
        fsdnet_load_on(path.c_str(), device_under_test().c_str()), fsdnet_free);
    INFO(fsdnet_last_error());
    REQUIRE(network);
    REQUIRE_THAT(fsdnet_describe(network.get()),
                 Catch::Contains("\"device\": \"" + device_under_test() + "\"") &&
                     Catch::Contains(device_description(device_under_test())));
    std::vector<float> found(5 * model.classes.size());
    REQUIRE(fsdnet_run(network.get(), static_cast<const uint8_t *>(images.data()), 5, found.data()) ==
            FSDNET_OK);
    REQUIRE(found == run_on(model, images, device_under_test()));
}

TEST_CASE("the C interface refuses devices that are not there", "[devices]") {
    const TemporaryFolder folder;
    const std::string path = folder / "model.safetensors";
    save_model(small_model(), path);
    REQUIRE(fsdnet_load_on(path.c_str(), "abacus") == nullptr);
    REQUIRE_THAT(fsdnet_last_error(), Catch::Contains("'abacus'"));
    REQUIRE(fsdnet_load_on(path.c_str(), nullptr) == nullptr);
    REQUIRE_THAT(fsdnet_last_error(), Catch::Contains("'device' must not be NULL"));
}
