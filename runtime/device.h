// The devices that kernels run on. A kernel's schedule names the interface to its device, "opencl" or "cuda";
// kernels with any other schedule run on the CPU.
#pragma once

#include "HalideRuntime.h"

#include <string>
#include <vector>

namespace fsd {

// What a user may ask for: "cpu", "cuda", "opencl", and "auto": CUDA's device, else OpenCL's if it is a GPU,
// else the CPU. Loads the drivers for "auto" and for their own devices only.
const std::vector<std::string> &device_names();

// "cpu", "cuda" or "opencl" for what was asked for. Throws Error(usage) for any other name,
// Error(unsupported) where the device is not there or this program's kernels have no part that speaks to it.
std::string chosen_device(const std::string &asked);

// What the chosen device is called, e.g. "NVIDIA H100 (NVIDIA CUDA 12.4)"; the instruction set for the CPU.
// Throws as chosen_device does.
std::string device_description(const std::string &asked);

// True for the schedules of devices.
bool is_of_device(const std::string &schedule);

// nullptr for a schedule of the CPU. Throws as chosen_device does.
const halide_device_interface_t *device_interface(const std::string &schedule);

// Gives the devices back, once; kernels cannot use them afterwards. Happens by itself when the program exits,
// before the drivers' own destructors, which crash under a device in use.
void release_devices();

// True from then on: what lies in a device's memory is gone.
bool devices_are_released();

}  // namespace fsd
