// Asks NVIDIA's driver, libcuda.so.1. The few declarations that takes are written here (from the CUDA driver
// API's reference), so that the build needs no CUDA toolkit.
#include "runtime/devices/device_listing.h"
#include "runtime/devices/driver_library.h"

#include <array>

namespace fsd {
namespace {

using Init = int (*)(unsigned);
using GetNumber = int (*)(int *);
using GetDevice = int (*)(int *, int);
using GetName = int (*)(char *, int, int);
using GetMemory = int (*)(std::size_t *, int);
using GetAttribute = int (*)(int *, int, int);

constexpr int multiprocessors = 16;

// 12040 is 12.4.
std::string version_text(int version) {
    return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

}  // namespace

DeviceListing cuda_devices() {
    const DriverLibrary library("libcuda.so.1");
    const auto init = library.function<Init>("cuInit");
    const auto get_version = library.function<GetNumber>("cuDriverGetVersion");
    const auto get_count = library.function<GetNumber>("cuDeviceGetCount");
    const auto get_device = library.function<GetDevice>("cuDeviceGet");
    const auto get_name = library.function<GetName>("cuDeviceGetName");
    const auto get_memory = library.function<GetMemory>("cuDeviceTotalMem_v2");
    const auto get_attribute = library.function<GetAttribute>("cuDeviceGetAttribute");
    if (!init || !get_version || !get_count || !get_device || !get_name || !get_memory || !get_attribute) {
        return {{}, "libcuda.so.1 cannot be loaded: NVIDIA's driver is not installed."};
    }
    int count = 0, version = 0;
    if (init(0) != 0 || get_version(&version) != 0 || get_count(&count) != 0 || count == 0) {
        return {{}, "NVIDIA's driver is installed and finds no device."};
    }
    DeviceListing listing;
    for (int ordinal = 0; ordinal < count; ordinal++) {
        int id = 0;
        std::array<char, 256> name{};
        std::size_t memory = 0;
        Device device;
        if (get_device(&id, ordinal) != 0 || get_name(name.data(), name.size() - 1, id) != 0 ||
            get_memory(&memory, id) != 0 || get_attribute(&device.units, multiprocessors, id) != 0) {
            continue;
        }
        device.interface = "cuda";
        device.platform = "NVIDIA CUDA";
        device.name = name.data();
        device.driver = version_text(version);
        device.is_gpu = device.name.rfind("Emulated", 0) != 0;  // the tests' stand-in (tests/cuda)
        device.memory = memory;
        listing.devices.push_back(device);
    }
    return listing;
}

}  // namespace fsd
