// An operator at one shape as a static library and a C header.
#pragma once

#include "runtime/signature.h"

#include <map>
#include <string>
#include <vector>

namespace fsd::compiler {

struct KernelOptions {
    std::string op;
    Extents shape;                     // of its axes and integer scalars
    std::string name;                  // of the function, of lib<name>.a and of <name>.h
    std::string folder;                // for the two files
    std::vector<std::string> targets;  // Halide's names, most specific first, the baseline last
    std::string autoscheduler;         // empty: the operator's own schedule
    std::map<std::string, std::string> autoscheduler_options;  // by Halide's names
    std::string parameters;  // of the own schedule: name:value,...; empty: the defaults
};

struct KernelLibrary {
    std::string library, header;  // paths
    std::string declaration;      // of the C function
    std::size_t bytes = 0;        // of the library
};

// The parameters of an operator's schedule, one per line: name, default, choices. Empty where it has none.
// Throws Error(usage) for an unknown operator.
std::string kernel_parameters(const std::string &op, const std::string &target);

// Writes both files, or none. Throws Error.
KernelLibrary compile_kernel(const KernelOptions &options);

}  // namespace fsd::compiler
