// The C function of a kernel for one shape.
#pragma once

#include "compiler/kernels/kernel_library.h"

#include "Halide.h"

#include <string>
#include <vector>

namespace fsd::compiler {

// What a kernel's pipeline takes, in its order.
struct KernelArgument {
    Halide::Internal::LoweredArgument lowered;
    std::string axes;          // "sample 64, input 512": of a tensor, outermost first
    std::vector<int> extents;  // innermost first
    std::string value;         // of a scalar that the shape fixes; then the C function does not take it

    bool is_fixed() const { return !value.empty(); }
    std::size_t size() const;
};

// The arguments of a compiled pipeline at a shape. Throws Error(usage) that names an axis that is missing.
std::vector<KernelArgument> kernel_arguments(const std::string &op, Extents shape,
                                             const std::vector<Halide::Internal::LoweredArgument> &lowered);

// int name(const float *probability, ..., float *log_evidence)
std::string kernel_declaration(const std::string &name, const std::vector<KernelArgument> &arguments);

std::string kernel_header(const KernelOptions &options, const std::vector<KernelArgument> &arguments);

// The function, which describes the tensors to `pipeline` and calls it.
Halide::Module kernel_entry(const std::string &name, const std::string &pipeline,
                            const std::vector<KernelArgument> &arguments, const Halide::Target &target);

}  // namespace fsd::compiler
