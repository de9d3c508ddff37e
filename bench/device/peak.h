// What the device can do at best, measured: the denominators of the shares in the device's benchmark.
#pragma once

#include <string>

namespace fsd::bench {

// `device` is "cuda" or "opencl". Multiply-adds in registers, two operations each. Operations per second, the
// best of several rounds.
double device_peak_operations(const std::string &device);

// Bytes read and written per second by a kernel that copies; as many bytes as take a moment, at most 1 GiB.
double device_copy_bandwidth(const std::string &device);

}  // namespace fsd::bench
