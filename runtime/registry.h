// Every kernel that is linked into this program. Kernels register themselves; no list is kept by hand.
#pragma once

#include "HalideRuntime.h"

#include <string>
#include <vector>

namespace fsd {

// An ahead-of-time compiled function, called with one pointer per argument (halide_buffer_t or scalar).
struct Kernel {
    std::string name;      // <op>_<schedule>
    std::string op;        // e.g. kld_conv
    std::string schedule;  // e.g. cpu
    int (*call)(void **arguments);
    const halide_filter_metadata_t *about;
};

// For kernels that are no library of their own (runtime/shape_kernels.h).
void register_kernel(Kernel kernel);

// Sorted by name.
const std::vector<Kernel> &kernels();

// The op's kernel for the first schedule of `preferences` that is linked, or nullptr.
const Kernel *find_kernel(const std::string &op, const std::vector<std::string> &preferences);

// The same, but throws Error(unsupported) that lists the schedules which exist.
const Kernel &need_kernel(const std::string &op, const std::vector<std::string> &preferences);

}  // namespace fsd
