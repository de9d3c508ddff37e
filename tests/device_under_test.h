// Where the networks of a test program run: the same tests serve every device.
#pragma once

#include "runtime/network.h"

#include <string>

namespace fsd::testing {

// What the variable FSDNET_DEVICE names, else "cpu".
const std::string &device_under_test();

// True on the stand-in for a GPU (tests/cuda), which is too slow for large tests.
bool device_is_emulated();

// Options for that device.
NetworkOptions options_under_test();

}  // namespace fsd::testing
