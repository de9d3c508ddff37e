// Reads the environment.
#include "tests/device_under_test.h"

#include "runtime/device.h"

#include <cstdlib>

namespace fsd::testing {

const std::string &device_under_test() {
    static const std::string device = [] {
        const char *name = std::getenv("FSDNET_DEVICE");
        return std::string(name ? name : "cpu");
    }();
    return device;
}

bool device_is_emulated() {
    static const bool emulated =
        device_under_test() == "cuda" && device_description("cuda").find("Emulated") != std::string::npos;
    return emulated;
}

NetworkOptions options_under_test() {
    NetworkOptions options;
    options.device = device_under_test();
    return options;
}

}  // namespace fsd::testing
