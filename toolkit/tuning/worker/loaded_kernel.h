// A compiled candidate in this process.
#pragma once

#include "runtime/registry.h"

#include <string>

namespace fsd::tuning {

// Loads a shared object with the function `candidate` for good; what it needs of Halide's runtime is this
// program's. `device` is a device's schedule, or empty. Throws Error(unsupported) where it cannot be loaded.
Kernel load_kernel(const std::string &path, const std::string &op, const std::string &device);

}  // namespace fsd::tuning
