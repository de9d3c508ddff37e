// Where the networks of a test program run: the same tests serve every device.
#pragma once

#include "runtime/network.h"

#include <string>

namespace fsd::testing {

// What the variable FSDNET_DEVICE names, else "cpu".
const std::string &device_under_test();

// Options for that device.
NetworkOptions options_under_test();

}  // namespace fsd::testing
