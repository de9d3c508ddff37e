// Machine code in C as part of the compiler, which puts it into libraries: what those for GPUs call around
// their pipelines (compiler/device/), and what those that choose an instruction set ask of the machine.
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

// runtime/system/processor_state.h.
ObjectFile processor_state_object();

}  // namespace fsd::compiler
