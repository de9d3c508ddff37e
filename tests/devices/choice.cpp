// Which device is taken, and what is said where there is none.
#include "runtime/device.h"
#include "runtime/devices/device_choice.h"
#include "runtime/error.h"

#include <catch2/catch.hpp>

using namespace fsd;

namespace {

Device device(const std::string &platform, const std::string &name, bool is_gpu, int units) {
    Device made;
    made.platform = platform;
    made.name = name;
    made.is_gpu = is_gpu;
    made.units = units;
    return made;
}

std::string taken(const std::vector<Device> &devices, const DeviceWish &wish = {}) {
    const Device *found = device_taken(devices, wish);
    return found ? found->name : "none";
}

const std::vector<Device> machine = {
    device("pocl", "processor", false, 64), device("maker", "small", true, 10),
    device("maker", "large", true, 80),     device("maker", "twin", true, 80),
    device("maker", "host", false, 99),     device("other", "huge", true, 200)};

}  // namespace

TEST_CASE("a GPU of the first platform that has one is taken, the one with the most units", "[devices]") {
    REQUIRE(taken({}) == "none");
    REQUIRE(taken({machine[0]}) == "processor");
    REQUIRE(taken(machine) == "twin");  // of equals the last, as in Halide
}

TEST_CASE("the environment chooses among platforms, types and devices", "[devices]") {
    REQUIRE(taken(machine, {"pocl", "", -1}) == "processor");
    REQUIRE(taken(machine, {"oth", "", -1}) == "huge");
    REQUIRE(taken(machine, {"nobody", "", -1}) == "none");
    REQUIRE(taken(machine, {"", "cpu", -1}) == "processor");
    REQUIRE(taken(machine, {"maker", "cpu", -1}) == "host");
    REQUIRE(taken({machine[0]}, {"", "gpu", -1}) == "none");
    REQUIRE(taken(machine, {"", "", 0}) == "small");
    REQUIRE(taken(machine, {"", "", 2}) == "twin");
    REQUIRE(taken(machine, {"", "", 3}) == "none");
}

TEST_CASE("a device that is missing, or that nobody knows, is refused with a sentence", "[devices]") {
    REQUIRE(chosen_device("cpu") == "cpu");
    REQUIRE_THROWS_WITH(chosen_device("abacus"), Catch::Contains("'abacus'") && Catch::Contains("opencl"));
    for (const auto &[name, listing] :
         {std::pair("cuda", cuda_devices()), std::pair("opencl", opencl_devices())}) {
        if (!listing.devices.empty()) {
            continue;
        }
        try {
            chosen_device(name);
            FAIL("a device " << name << " was found that is not listed");
        } catch (const Error &error) {
            REQUIRE(error.code() == ExitCode::unsupported);
            REQUIRE_THAT(error.what(), Catch::Contains(name) && Catch::Contains("'cpu' always works"));
        }
    }
}

TEST_CASE("auto takes a GPU and nothing else, and the CPU otherwise", "[devices]") {
    const std::string device = chosen_device("auto");
    const std::vector<Device> cuda = cuda_devices().devices;
    bool has_opencl_gpu = false;
    for (const Device &listed : opencl_devices().devices) {
        has_opencl_gpu = has_opencl_gpu || listed.is_gpu;
    }
    if (cuda.empty() && !has_opencl_gpu) {
        REQUIRE(device == "cpu");
    } else {
        // A program without kernels for the GPU stays on the CPU.
        REQUIRE((device == "cpu" || (device == "cuda" && !cuda.empty()) ||
                 (device == "opencl" && has_opencl_gpu)));
    }
    REQUIRE(device_description("auto") == device_description(device));
}
