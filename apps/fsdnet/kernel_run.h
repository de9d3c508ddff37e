// Runs one kernel on NumPy files.
#pragma once

#include <string>
#include <vector>

namespace fsd::command_line {

struct KernelRun {
    std::string op;
    std::string schedule = "cpu";
    std::vector<std::string> arguments;  // name=a.npy or name=number
    std::vector<std::string> outputs;    // name=b.npy
    std::vector<std::string> shapes;  // name=2,3,4: where an output's shape does not follow from the inputs
    bool allow_non_finite = false;    // NaN and infinities go through the kernel instead of being refused
    bool json = false;
};

// Throws Error(usage) for missing or unknown arguments, Error(bad_input) for files and shapes. Outputs are
// written after the kernel has succeeded; before that no file is touched.
void run_kernel(const KernelRun &wanted);

}  // namespace fsd::command_line
