// Finds the devices once and tells Halide's runtime which one to take.
#include "runtime/device.h"

#include "runtime/device_listing.h"
#include "runtime/error.h"

#include "HalideRuntimeCuda.h"
#include "HalideRuntimeOpenCL.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>

// In the kernels' runtime where it was built with GPU schedules, else null.
#pragma weak halide_cuda_device_interface
#pragma weak halide_opencl_device_interface
#pragma weak halide_opencl_set_platform_name
#pragma weak halide_opencl_set_build_options

namespace fsd {
namespace {

std::atomic<bool> released{false};
std::atomic<const halide_device_interface_t *> opencl_in_use{nullptr}, cuda_in_use{nullptr};

// Before the destructors of what was loaded before, drivers among it, and after those of later objects.
void release_at_exit() {
    static const bool registered = std::atexit(release_devices) == 0;
    (void)registered;
}

// A platform with a GPU is preferred; Halide would take the first one. Its variables in the environment win.
void choose_opencl_device(const std::vector<Device> &devices) {
    const auto gpu =
        std::find_if(devices.begin(), devices.end(), [](const Device &device) { return device.is_gpu; });
    const Device &chosen = gpu == devices.end() ? devices.front() : *gpu;
    if (!std::getenv("HL_OCL_PLATFORM_NAME")) {
        halide_opencl_set_platform_name(chosen.platform.c_str());
    }
    if (!std::getenv("HL_OCL_BUILD_OPTIONS") && chosen.divides_exactly) {
        halide_opencl_set_build_options("-cl-fp32-correctly-rounded-divide-sqrt");
    }
}

struct Interface {
    const halide_device_interface_t *functions = nullptr;
    std::string trouble;  // where it cannot be used
};

Interface find(const std::string &name, bool is_built_in, const DeviceListing &listing) {
    Interface found;
    if (!is_built_in) {
        found.trouble = text("this build has no kernels for ", name, " (CMake's option FSDNET_GPU).");
    } else if (listing.devices.empty()) {
        found.trouble = listing.trouble;
    }
    return found;
}

const Interface &opencl() {
    static const Interface found = [] {
        const bool is_built_in = halide_opencl_device_interface != nullptr;
        const DeviceListing listing = is_built_in ? opencl_devices() : DeviceListing();
        Interface interface = find("OpenCL", is_built_in, listing);
        if (interface.trouble.empty()) {
            choose_opencl_device(listing.devices);
            opencl_in_use = interface.functions = halide_opencl_device_interface();
            release_at_exit();
        }
        return interface;
    }();
    return found;
}

const Interface &cuda() {
    static const Interface found = [] {
        const bool is_built_in = halide_cuda_device_interface != nullptr;
        Interface interface = find("CUDA", is_built_in, is_built_in ? cuda_devices() : DeviceListing());
        if (interface.trouble.empty()) {
            cuda_in_use = interface.functions = halide_cuda_device_interface();
            release_at_exit();
        }
        return interface;
    }();
    return found;
}

bool is_of_device(const std::string &schedule) {
    return schedule == "opencl" || schedule == "cuda";
}

const Interface &interface_of(const std::string &schedule) {
    return schedule == "cuda" ? cuda() : opencl();
}

}  // namespace

const halide_device_interface_t *device_interface(const std::string &schedule) {
    if (!is_of_device(schedule)) {
        return nullptr;
    }
    const Interface &found = interface_of(schedule);
    if (!found.functions) {
        throw Error(ExitCode::unsupported,
                    text("Kernels with the schedule '", schedule, "' cannot run here: ", found.trouble,
                         " The device 'cpu' always works."));
    }
    if (released) {
        throw Error(ExitCode::internal, text("The device of '", schedule, "' was released already."));
    }
    return found.functions;
}

void release_devices() {
    if (released.exchange(true)) {
        return;
    }
    for (const halide_device_interface_t *functions : {opencl_in_use.load(), cuda_in_use.load()}) {
        if (functions) {
            halide_device_release(nullptr, functions);
        }
    }
}

}  // namespace fsd
