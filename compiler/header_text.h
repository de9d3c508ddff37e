// The C header of a compiled network.
#pragma once

#include "compiler/entry_text.h"

#include <string>
#include <vector>

namespace fsd::compiler {

struct HeaderFacts {
    std::string name;
    std::vector<std::string> targets;
    Input input;
    std::vector<std::string> classes;  // empty where the network gives numbers
    std::size_t results = 0;           // numbers for a sample, as many as classes where there are any
    std::size_t parameters = 0;
    std::string numbers = "float32";  // what the weights are
    bool floats = false;              // a function for floats beside the one for bytes
    bool judge = false, masked = false;
    std::size_t stack_bytes = 0;
    std::string device = {};         // "opencl", "cuda", or empty: a CPU
    std::size_t device_bytes = 0;    // of the device's memory, per sample
    std::string autoscheduler = {};  // whose schedule it is; empty: fsdnet's
    MemoryPlace memory = MemoryPlace::stack;
    std::size_t memory_bytes = 0;  // that is not of the stack

    // The C functions, that of the network's name first.
    std::vector<EntryText> functions() const;
};

// The same text for the same model, wherever it is written.
std::string header_text(const HeaderFacts &facts);

}  // namespace fsd::compiler
