// The machine code of compiler/device/ as part of the compiler, which puts it into libraries for GPUs.
#pragma once

#include <string>
#include <vector>

namespace fsd::compiler {

struct ObjectFile {
    std::string name;  // in the library
    std::string bytes;
};

// device: "opencl" or "cuda".
std::vector<ObjectFile> device_objects(const std::string &device);

}  // namespace fsd::compiler
