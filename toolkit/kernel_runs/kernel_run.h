// Runs one kernel on NumPy files.
#pragma once

#include "runtime/tensor.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace fsd {

struct KernelRun {
    std::string op;
    std::string schedule = "cpu";
    std::map<std::string, std::string> arguments;  // by name: a.npy or a number
    std::map<std::string, std::string> outputs;    // by name: b.npy
    std::map<std::string, Shape> shapes;           // of outputs whose shape does not follow from the inputs
    bool allow_non_finite = false;  // NaN and infinities go through the kernel instead of being refused
    // Takes sentences that a user should know and that are no failure.
    std::function<void(const std::string &sentence)> note = [](auto &&) {};
};

struct KernelOutput {
    std::string name, file;
    halide_type_t type;
    Shape shape;
};

struct KernelRunResult {
    std::string kernel;
    std::vector<KernelOutput> outputs;  // as they were written, by name
};

// Throws Error(usage) for missing or unknown arguments, Error(bad_input) for files and shapes. Outputs are
// written after the kernel has succeeded; before that no file is touched.
KernelRunResult run_kernel(const KernelRun &wanted);

}  // namespace fsd
