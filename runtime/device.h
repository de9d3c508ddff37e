// The devices that kernels run on. A kernel's schedule names the interface to its device: "opencl" or "cuda";
// kernels with any other schedule run on the CPU.
#pragma once

#include "HalideRuntime.h"

#include <string>

namespace fsd {

// nullptr for a schedule of the CPU. Throws Error(unsupported) where the program's kernels have no part that
// speaks to the device, or no device is there.
const halide_device_interface_t *device_interface(const std::string &schedule);

// Gives the devices back, once; kernels cannot use them afterwards. Happens by itself when the program exits,
// before the drivers' own destructors, which crash under a device in use.
void release_devices();

}  // namespace fsd
