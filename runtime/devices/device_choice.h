// Which of several devices is used. Halide's runtime opens the device itself, by a platform, a type and its
// own rule (the most units); this says beforehand which one that will be.
#pragma once

#include "runtime/devices/device_listing.h"

namespace fsd {

// What the user's environment asks for, in the variables of Halide's runtime.
struct DeviceWish {
    std::string platform;  // HL_OCL_PLATFORM_NAME: part of the platform's name; empty: any
    std::string type;      // HL_OCL_DEVICE_TYPE: "gpu", "cpu"; empty: any
    int index = -1;        // HL_GPU_DEVICE: among the devices that fit; -1: the one with the most units
};

DeviceWish wish_from_environment();

// A GPU wherever one fits. nullptr where no device fits.
const Device *device_taken(const std::vector<Device> &devices, const DeviceWish &wish);

}  // namespace fsd
