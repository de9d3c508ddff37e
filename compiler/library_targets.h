// What machine a library is for.
#pragma once

#include "Halide.h"

#include <string>
#include <vector>

namespace fsd::compiler {

struct LibraryTargets {
    std::vector<Halide::Target> all;  // most specific first
    std::string device;               // "opencl", "cuda", or empty: a CPU
};

// Halide's names. Throws Error: usage where they make no sense (together), unsupported where no library can
// be made for them.
LibraryTargets parse_targets(const std::vector<std::string> &names);

}  // namespace fsd::compiler
