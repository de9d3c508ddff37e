// A driver that fails: each of OpenCL's calls in turn. Halide's runtime asks for the driver's functions by
// name, which is where this test puts its own in front of them.
#include "runtime/device.h"
#include "runtime/error.h"
#include "runtime/network.h"
#include "tests/device_under_test.h"
#include "tests/runtime/models.h"
#include "tests/runtime/random_networks.h"

#include "HalideRuntime.h"

#include <catch2/catch.hpp>

#include <cstring>

using namespace fsd;
using namespace fsd::testing;

namespace {

constexpr int no_memory = -4, no_resources = -5;

int calls_until_failure = -1;  // -1: never

bool fails_now() {
    return calls_until_failure >= 0 && calls_until_failure-- == 0;
}

// The function of the driver that has this type.
template<typename Function>
struct Driver {
    static Function function;
};
template<typename Function>
Function Driver<Function>::function = nullptr;

using CreateBuffer = void *(*)(void *, std::uint64_t, std::size_t, void *, int *);
using Launch = int (*)(void *, void *, unsigned, const std::size_t *, const std::size_t *,
                       const std::size_t *, unsigned, const void *, void *);
using Transfer = int (*)(void *, void *, unsigned, std::size_t, std::size_t, void *, unsigned, const void *,
                         void *);

Transfer read_buffer = nullptr, write_buffer = nullptr;

void *create_buffer(void *context, std::uint64_t flags, std::size_t bytes, void *host, int *code) {
    if (fails_now()) {
        *code = no_memory;
        return nullptr;
    }
    return Driver<CreateBuffer>::function(context, flags, bytes, host, code);
}

int launch(void *queue, void *kernel, unsigned axes, const std::size_t *offset, const std::size_t *global,
           const std::size_t *local, unsigned count, const void *list, void *event) {
    return fails_now()
               ? no_resources
               : Driver<Launch>::function(queue, kernel, axes, offset, global, local, count, list, event);
}

int read(void *queue, void *buffer, unsigned blocking, std::size_t offset, std::size_t bytes, void *host,
         unsigned count, const void *list, void *event) {
    return fails_now() ? no_resources
                       : read_buffer(queue, buffer, blocking, offset, bytes, host, count, list, event);
}

int write(void *queue, void *buffer, unsigned blocking, std::size_t offset, std::size_t bytes, void *host,
          unsigned count, const void *list, void *event) {
    return fails_now() ? no_resources
                       : write_buffer(queue, buffer, blocking, offset, bytes, host, count, list, event);
}

halide_get_library_symbol_t find_in_driver = nullptr;

template<typename Function>
void *in_front_of(void *found, Function &real, Function mine) {
    real = reinterpret_cast<Function>(found);
    return reinterpret_cast<void *>(mine);
}

void *find_symbol(void *library, const char *name) {
    void *found = find_in_driver(library, name);
    if (!std::strcmp(name, "clCreateBuffer")) {
        return in_front_of(found, Driver<CreateBuffer>::function, &create_buffer);
    }
    if (!std::strcmp(name, "clEnqueueNDRangeKernel")) {
        return in_front_of(found, Driver<Launch>::function, &launch);
    }
    if (!std::strcmp(name, "clEnqueueReadBuffer")) {
        return in_front_of(found, read_buffer, &read);
    }
    if (!std::strcmp(name, "clEnqueueWriteBuffer")) {
        return in_front_of(found, write_buffer, &write);
    }
    return found;
}

const bool stands_in_front = (find_in_driver = halide_set_custom_get_library_symbol(find_symbol)) != nullptr;

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
        CHECK_THAT(error.what(), Catch::Contains("OpenCL error") && Catch::EndsWith("may help."));
        return true;
    }
    REQUIRE(calls_until_failure >= 0);  // else a failure was swallowed
    calls_until_failure = -1;
    REQUIRE(found == expected);
    return false;
}

}  // namespace

TEST_CASE("wherever the driver fails there is a sentence, and the next network runs", "[devices]") {
    if (device_under_test() != "opencl") {
        return;
    }
    REQUIRE(stands_in_front);
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
    if (device_under_test() != "opencl") {
        return;
    }
    const Model model = small_model();
    const Tensor images = random_images(model, 1, 1);
    calls_until_failure = 0;
    try {
        result_of(model, images);
        FAIL("the driver's failure passed unnoticed");
    } catch (const Error &error) {
        REQUIRE(error.code() == ExitCode::unsupported);
        REQUIRE_THAT(error.what(), Catch::Contains("cannot provide") && Catch::Contains("bytes of memory") &&
                                       Catch::Contains("CL_MEM_OBJECT_ALLOCATION_FAILURE") &&
                                       Catch::Contains("smaller batch"));
    }
    calls_until_failure = -1;
}
