// What the drivers of this machine say about their devices. They are loaded when asked for; nothing links
// them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fsd {

struct Device {
    std::string interface;  // "opencl" or "cuda"
    std::string platform;   // the vendor's implementation
    std::string name;
    std::string driver;  // its version
    bool is_gpu = false;
    bool divides_exactly = true;  // can round float32 quotients correctly
    int units = 0;                // compute units, multiprocessors
    std::uint64_t memory = 0;     // bytes
};

struct DeviceListing {
    std::vector<Device> devices;
    std::string trouble;  // a sentence where there are none
};

DeviceListing opencl_devices();
DeviceListing cuda_devices();

}  // namespace fsd
