// Kernels that serve one shape each, beside the general one of their operator: the kernel `<op>_tuned`, made
// from what `fsdnet tune --adopt` wrote (docs/tuning.md).
#pragma once

#include "runtime/registry.h"

#include <string>
#include <vector>

namespace fsd {

struct ShapeKernel {
    std::string name;    // of its file in schedules/tuned/<op>/: "sample64-input512-output10.avx2"
    std::string family;  // of instruction sets: it is compiled for no other
    std::string cpu;     // the model that it was measured on
    std::string
        extents;  // "argument:extent:.../argument:...", innermost axis first; an integer has its value
    int (*call)(void **arguments);
};

// One per operator, at static initialization: registers the kernel `<op>_tuned`, whose function is `call`.
class ShapeKernels {
public:
    // `general` serves every other shape, machine and instruction set.
    ShapeKernels(const std::string &op, int (*general)(void **), const halide_filter_metadata_t *about,
                 int (*call)(void **), std::vector<ShapeKernel> kernels);

    // What `call` does. Allocates nothing.
    int run(void **arguments) const;

private:
    friend const ShapeKernel *shape_kernel_in_force(const Kernel &kernel, void *const *arguments);
    friend std::vector<ShapeKernel> shape_kernels_of(const std::string &op);

    struct Entry {
        ShapeKernel kernel;
        std::vector<std::vector<int>> extents;  // per argument; none for a number that is no integer
        bool fits_processor;
    };
    const Entry *find(void *const *arguments) const;

    int (*general_)(void **);
    const halide_filter_metadata_t *about_;
    std::vector<Entry> entries_;
};

// Those of the operator, sorted by name; none for most.
std::vector<ShapeKernel> shape_kernels_of(const std::string &op);

// True where the processor and the instruction set in force are those that it was made for.
bool fits_this_machine(const ShapeKernel &kernel);

// The one that serves a call with these arguments; nullptr where the kernel itself does.
const ShapeKernel *shape_kernel_in_force(const Kernel &kernel, void *const *arguments);

}  // namespace fsd
