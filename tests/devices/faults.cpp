// A driver that fails: each of its calls in turn.
#include "runtime/device.h"
#include "runtime/error.h"
#include "runtime/network.h"
#include "tests/device_under_test.h"
#include "tests/devices/failing_driver.h"
#include "tests/runtime/models.h"
#include "tests/runtime/random_networks.h"

#include "HalideRuntime.h"

#include <catch2/catch.hpp>

using namespace fsd;
using namespace fsd::testing;

namespace {

std::vector<float> result_of(const Model &model, const Tensor &images) {
    Network network(model, options_under_test());
    std::vector<float> result(static_cast<std::size_t>(images.dim(3).extent()) * model.classes.size());
    Tensor view = view_tensor(halide_type_of<float>(), result.data(),
                              {images.dim(3).extent(), static_cast<int>(model.classes.size())});
    network.run(images, view);
    return result;
}

// With the driver failing at its call number `failing`. False where there are fewer calls, so that it runs.
bool fails_with_a_sentence(const Model &model, const Tensor &images, const std::vector<float> &expected,
                           int failing) {
    INFO("the driver's call " << failing << " fails");
    std::vector<float> found;
    calls_until_failure = failing;
    try {
        found = result_of(model, images);
    } catch (const Error &error) {
        calls_until_failure = -1;
        CHECK(error.code() == ExitCode::unsupported);
        CHECK_THAT(error.what(),
                   Catch::Contains(device_under_test() == "cuda" ? "CUDA error" : "OpenCL error") &&
                       Catch::EndsWith("may help."));
        return true;
    }
    REQUIRE(calls_until_failure >= 0);  // else a failure was swallowed
    calls_until_failure = -1;
    REQUIRE(found == expected);
    return false;
}

}  // namespace

TEST_CASE("wherever the driver fails there is a sentence, and the next network runs", "[devices]") {
    if (device_under_test() == "cpu") {
        return;
    }
    REQUIRE(failing_driver_is_in_front());
    const Model model = small_model();
    const Tensor images = random_images(model, 3, 1);
    const std::vector<float> expected = result_of(model, images);
    int failing = 0;
    while (fails_with_a_sentence(model, images, expected, failing)) {
        INFO("after the driver's call " << failing << " had failed");
        REQUIRE(result_of(model, images) == expected);
        failing++;
    }
    // At least: memory for the image, two buffers and four tensors of parameters, a copy of five of them,
    // four launches for the first batch and four for the second, its image's copy, the result's.
    REQUIRE(failing >= 22);
}

TEST_CASE("more memory than the device has gives a sentence", "[devices]") {
    if (device_under_test() == "cpu") {
        return;
    }
    const Model model = small_model();
    const Tensor images = random_images(model, 1, 1);
    // For CUDA, Halide's runtime keeps what is freed, unless it is told not to.
    halide_reuse_device_allocations(nullptr, false);
    halide_reuse_device_allocations(nullptr, true);
    calls_until_failure = 0;
    try {
        result_of(model, images);
        FAIL("the driver's failure passed unnoticed");
    } catch (const Error &error) {
        REQUIRE(error.code() == ExitCode::unsupported);
        REQUIRE_THAT(error.what(), Catch::Contains("cannot provide") && Catch::Contains("bytes of memory") &&
                                       (Catch::Contains("CL_MEM_OBJECT_ALLOCATION_FAILURE") ||
                                        Catch::Contains("CUDA_ERROR_OUT_OF_MEMORY")) &&
                                       Catch::Contains("smaller batch"));
    }
    calls_until_failure = -1;
}
