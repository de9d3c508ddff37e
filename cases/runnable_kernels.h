// The kernels that can be tested here.
#pragma once

#include "runtime/registry.h"

#include <string>
#include <vector>

namespace fsd::testing {

// Without those for a device that this machine lacks, which a sentence on the standard output says once; and
// without all devices where the tests are held to one of the CPU's instruction sets. Only those of the device
// that the variable FSDNET_DEVICE names, where it is set.
std::vector<Kernel> runnable_kernels();

}  // namespace fsd::testing
