// Finds the devices once and tells Halide's runtime which one to take.
#include "runtime/device.h"

#include "runtime/devices/device_choice.h"
#include "runtime/error.h"
#include "runtime/instruction_set.h"

#include "HalideRuntimeCuda.h"
#include "HalideRuntimeOpenCL.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <mutex>

// In the kernels' runtime where it was built with GPU schedules, else null.
#pragma weak halide_cuda_device_interface
#pragma weak halide_opencl_device_interface
#pragma weak halide_opencl_set_platform_name
#pragma weak halide_opencl_set_device_type
#pragma weak halide_opencl_set_build_options

namespace fsd {
namespace {

std::atomic<bool> released{false};

struct Interface {
    const halide_device_interface_t *functions = nullptr;  // once it is in use
    Device device;
    std::string trouble;  // where it cannot be used
};

// What the environment does not say already.
void open_opencl(const Device &device) {
    if (!std::getenv("HL_OCL_PLATFORM_NAME")) {
        halide_opencl_set_platform_name(device.platform.c_str());
    }
    if (!std::getenv("HL_OCL_DEVICE_TYPE") && device.is_gpu) {
        halide_opencl_set_device_type("gpu");
    }
    if (!std::getenv("HL_OCL_BUILD_OPTIONS") && device.divides_exactly) {
        halide_opencl_set_build_options("-cl-fp32-correctly-rounded-divide-sqrt");
    }
}

Interface find(const char *name, bool is_built_in, DeviceListing (*list)()) {
    Interface found;
    if (!is_built_in) {
        found.trouble = text("this program was built without kernels for ", name,
                             "; 'make build gpu=ON' (CMake's option FSDNET_GPU) builds it with them.");
        return found;
    }
    const DeviceListing listing = list();
    if (listing.devices.empty()) {
        found.trouble = listing.trouble;
    } else if (const Device *device = device_taken(listing.devices, wish_from_environment())) {
        found.device = *device;
    } else {
        found.trouble =
            "none of the devices is what HL_OCL_PLATFORM_NAME, HL_OCL_DEVICE_TYPE and HL_GPU_DEVICE in "
            "the environment ask for.";
    }
    return found;
}

const Interface &opencl() {
    static const Interface found = [] {
        Interface interface = find("OpenCL", halide_opencl_device_interface != nullptr, opencl_devices);
        if (interface.trouble.empty()) {
            open_opencl(interface.device);
            interface.functions = halide_opencl_device_interface();
        }
        return interface;
    }();
    return found;
}

const Interface &cuda() {
    static const Interface found = [] {
        Interface interface = find("CUDA", halide_cuda_device_interface != nullptr, cuda_devices);
        if (interface.trouble.empty()) {
            interface.functions = halide_cuda_device_interface();
        }
        return interface;
    }();
    return found;
}

std::mutex lock;
std::vector<const halide_device_interface_t *> in_use;

// Released before the destructors of what was loaded before, drivers among it, and after those of later
// objects.
void note_use(const halide_device_interface_t *functions) {
    static const bool registered = std::atexit(release_devices) == 0;
    (void)registered;
    const std::lock_guard<std::mutex> guard(lock);
    if (std::find(in_use.begin(), in_use.end(), functions) == in_use.end()) {
        in_use.push_back(functions);
    }
}

const Interface &interface_of(const std::string &device) {
    return device == "cuda" ? cuda() : opencl();
}

const Interface &need(const std::string &device) {
    const Interface &found = interface_of(device);
    if (!found.functions) {
        throw Error(ExitCode::unsupported, text("The device '", device, "' cannot be used here: ",
                                                found.trouble, " The device 'cpu' always works."));
    }
    return found;
}

}  // namespace

bool is_of_device(const std::string &schedule) {
    return schedule == "opencl" || schedule == "cuda";
}

const std::vector<std::string> &device_names() {
    static const std::vector<std::string> names = {"cpu", "cuda", "opencl", "auto"};
    return names;
}

std::string chosen_device(const std::string &asked) {
    if (asked == "auto") {
        if (cuda().functions) {
            return "cuda";
        }
        return opencl().functions && opencl().device.is_gpu ? "opencl" : "cpu";
    }
    if (is_of_device(asked)) {
        need(asked);
    } else if (asked != "cpu") {
        throw Error(ExitCode::usage,
                    text("There is no device '", asked, "'; expected cpu, cuda, opencl or auto."));
    }
    return asked;
}

std::string device_description(const std::string &asked) {
    const std::string device = chosen_device(asked);
    if (device == "cpu") {
        return instruction_set();
    }
    const Device &taken = need(device).device;
    return text(taken.name, " (", taken.platform, " ", taken.driver, ")");
}

const halide_device_interface_t *device_interface(const std::string &schedule) {
    if (!is_of_device(schedule)) {
        return nullptr;
    }
    const Interface &found = need(schedule);
    if (released) {
        throw Error(ExitCode::internal, text("The device '", schedule, "' was released already."));
    }
    note_use(found.functions);
    return found.functions;
}

void release_devices() {
    if (released.exchange(true)) {
        return;
    }
    for (const halide_device_interface_t *functions : in_use) {
        halide_device_release(nullptr, functions);
    }
}

bool devices_are_released() {
    return released;
}

}  // namespace fsd
