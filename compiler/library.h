// A network as a static library and a C header.
#pragma once

#include "compiler/memory_place.h"
#include "toolkit/quantization/quantized_network.h"

#include <functional>
#include <string>
#include <vector>

namespace fsd::compiler {

struct LibraryOptions {
    std::string name;                  // of the function, of lib<name>.a and of <name>.h
    std::vector<std::string> targets;  // Halide's names, most specific first, the baseline last
    std::string folder;
    bool floats = false;  // a second function, for floats, where the network's input can be bytes
    bool judge = false;   // <name>_judge: novelty and p-value of each image, of a model that has their fit
    bool masked = false;  // <name>_masked: images of which not every pixel was observed
    std::string autoscheduler = {};  // Adams2019, ...; empty: fsdnet's schedule
    MemoryPlace memory = MemoryPlace::stack;
};

struct Library {
    std::string library, header;                   // paths
    std::vector<std::string> declarations;         // of the C functions, that of the network's name first
    std::string judge, masked;                     // declarations; empty where they are not asked for
    std::vector<std::string> device_declarations;  // of those for the device's memory; none for CPUs
    std::string device;                            // "opencl", "cuda"; empty for CPUs
    std::size_t bytes = 0;                         // of the library
    std::size_t stack_bytes = 0;                   // that a call needs for its tensors
    std::size_t memory_bytes = 0;                  // for those that are not on the stack
    std::size_t device_bytes = 0;                  // of the device's memory, per sample
    std::size_t parameters = 0;                    // numbers that the network's file stores
    std::size_t classes = 0;                       // 0 where the network gives numbers
    std::size_t results = 0;                       // numbers for a sample
};

// Writes both files, or none. Throws Error; what cannot be compiled is refused before anything is compiled,
// except for a CPU's stack, which only the compiled code says.
Library compile_library(const Model &model, const LibraryOptions &options);
Library compile_library(const QuantizedNetwork &network, const LibraryOptions &options);

}  // namespace fsd::compiler
