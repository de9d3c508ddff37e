// Asks the drivers through the runtime.
#include "toolkit/tuning/device.h"

#include "runtime/device.h"
#include "runtime/devices/device_listing.h"
#include "runtime/error.h"
#include "runtime/system/processor.h"

#include <algorithm>

namespace fsd::tuning {

bool is_device(const std::string &family) {
    return family == "opencl" || family == "cuda";
}

std::string machine_of(const std::string &family) {
    return is_device(family) ? device_description(family) : processor_name();
}

std::string reason_not_to_record(const std::string &family) {
    if (!is_device(family)) {
        return "";
    }
    const DeviceListing listing = family == "cuda" ? cuda_devices() : opencl_devices();
    const std::string machine = machine_of(family);
    const bool is_gpu =
        std::any_of(listing.devices.begin(), listing.devices.end(),
                    [&](const Device &device) { return device.is_gpu && machine.find(device.name) == 0; });
    return is_gpu ? "" : text("nothing is recorded: ", machine, " is no GPU.");
}

std::vector<std::string> autoschedulers_for(const std::string &family) {
    if (is_device(family)) {
        return {"Anderson2021"};
    }
    return {"Adams2019", "Li2018", "Mullapudi2016"};
}

std::string schedules_of(const std::string &family) {
    return is_device(family) ? "gpu" : "cpu";
}

}  // namespace fsd::tuning
