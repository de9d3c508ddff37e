// Asks OpenCL's loader, libOpenCL.so.1. The few declarations that takes are written here (from the OpenCL 1.2
// specification), so that the build needs no OpenCL headers.
#include "runtime/devices/device_listing.h"
#include "runtime/devices/driver_library.h"

#include <array>

namespace fsd {
namespace {

using Id = void *;
using Count = std::uint32_t;
using GetPlatforms = int (*)(Count, Id *, Count *);
using GetPlatformInfo = int (*)(Id, Count, std::size_t, void *, std::size_t *);
using GetDevices = int (*)(Id, std::uint64_t, Count, Id *, Count *);
using GetDeviceInfo = int (*)(Id, Count, std::size_t, void *, std::size_t *);

constexpr Count platform_name = 0x0902, device_type = 0x1000, device_units = 0x1002,
                device_float32_abilities = 0x101b, device_memory = 0x101f, device_name = 0x102b,
                driver_version = 0x102d;
constexpr std::uint64_t any_type = 0xffffffff, gpu_type = 1 << 2, exact_division = 1 << 7;

template<typename Get>
std::string words(Get get, Id id, Count what) {
    std::array<char, 512> answer{};
    get(id, what, answer.size() - 1, answer.data(), nullptr);
    return answer.data();
}

template<typename T>
T number(GetDeviceInfo get, Id id, Count what) {
    T answer = 0;
    get(id, what, sizeof answer, &answer, nullptr);
    return answer;
}

Device describe(GetDeviceInfo get, Id id, const std::string &platform) {
    Device device;
    device.interface = "opencl";
    device.platform = platform;
    device.name = words(get, id, device_name);
    device.driver = words(get, id, driver_version);
    device.is_gpu = (number<std::uint64_t>(get, id, device_type) & gpu_type) != 0;
    device.divides_exactly = (number<std::uint64_t>(get, id, device_float32_abilities) & exact_division) != 0;
    device.units = static_cast<int>(number<Count>(get, id, device_units));
    device.memory = number<std::uint64_t>(get, id, device_memory);
    return device;
}

}  // namespace

DeviceListing opencl_devices() {
    const DriverLibrary library("libOpenCL.so.1");
    const auto get_platforms = library.function<GetPlatforms>("clGetPlatformIDs");
    const auto get_platform_info = library.function<GetPlatformInfo>("clGetPlatformInfo");
    const auto get_devices = library.function<GetDevices>("clGetDeviceIDs");
    const auto get_device_info = library.function<GetDeviceInfo>("clGetDeviceInfo");
    if (!get_platforms || !get_platform_info || !get_devices || !get_device_info) {
        return {{}, "libOpenCL.so.1 cannot be loaded (Debian: ocl-icd-libopencl1)."};
    }
    DeviceListing listing;
    std::array<Id, 16> platforms{}, devices{};
    Count platform_count = 0;
    if (get_platforms(platforms.size(), platforms.data(), &platform_count) != 0) {
        platform_count = 0;
    }
    for (Count p = 0; p < platform_count && p < platforms.size(); p++) {
        const std::string platform = words(get_platform_info, platforms[p], platform_name);
        Count device_count = 0;
        if (get_devices(platforms[p], any_type, devices.size(), devices.data(), &device_count) != 0) {
            continue;
        }
        for (Count d = 0; d < device_count && d < devices.size(); d++) {
            listing.devices.push_back(describe(get_device_info, devices[d], platform));
        }
    }
    if (listing.devices.empty()) {
        listing.trouble = "OpenCL's loader knows no device: a vendor's driver is missing (Debian's "
                          "pocl-opencl-icd runs OpenCL on the CPU).";
    }
    return listing;
}

}  // namespace fsd
