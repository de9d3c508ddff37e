// Follows Halide's rule: the last one of those with the most units.
#include "runtime/devices/device_choice.h"

#include <algorithm>
#include <cstdlib>

namespace fsd {
namespace {

std::string variable(const char *name) {
    const char *value = std::getenv(name);
    return value ? value : "";
}

}  // namespace

DeviceWish wish_from_environment() {
    const std::string index = variable("HL_GPU_DEVICE");
    return {variable("HL_OCL_PLATFORM_NAME"), variable("HL_OCL_DEVICE_TYPE"),
            index.empty() ? -1 : static_cast<int>(std::strtol(index.c_str(), nullptr, 10))};
}

const Device *device_taken(const std::vector<Device> &devices, const DeviceWish &wish) {
    std::vector<const Device *> fitting;
    const auto keep = [&](auto fits) {
        for (const Device &device : devices) {
            const bool has_type =
                wish.type.empty() || device.is_gpu == (wish.type.find("gpu") != std::string::npos);
            if (has_type && device.platform.find(wish.platform) != std::string::npos && fits(device)) {
                fitting.push_back(&device);
            }
        }
    };
    keep([](const Device &device) { return device.is_gpu; });
    if (fitting.empty()) {
        keep([](const Device &) { return true; });
    }
    // One platform's: that of the first.
    fitting.erase(std::remove_if(fitting.begin(), fitting.end(),
                                 [first = fitting.empty() ? nullptr : fitting.front()](const Device *device) {
                                     return device->platform != first->platform;
                                 }),
                  fitting.end());
    if (wish.index >= 0) {
        const auto index = static_cast<std::size_t>(wish.index);
        return index < fitting.size() ? fitting[index] : nullptr;
    }
    const auto most =
        std::max_element(fitting.rbegin(), fitting.rend(),
                         [](const Device *one, const Device *other) { return one->units < other->units; });
    return most == fitting.rend() ? nullptr : *most;
}

}  // namespace fsd
