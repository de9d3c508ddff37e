// The C function of a compiled network.
#pragma once

#include "Halide.h"

namespace fsd::compiler {

// What the C function returns; the header lists them. compiler/device/call.h has those of networks for GPUs.
enum class EntryStatus { ok = 0, negative_batch = 1, null_pointer = 2 };

struct EntryPoint {
    std::string name;      // int name(const uint8_t *image, int batch, float *log_posterior)
    std::string pipeline;  // the compiled Func that it calls: image, views of the numbers, log_posterior
    int height = 0, width = 0, colors = 0, classes = 0;
    std::vector<uint8_t> numbers;
    int views = 1;            // as how many arguments the pipeline takes the numbers
    std::string device = {};  // "opencl", "cuda": there is a second C function, name_device

    std::string call() const { return name + "_call"; }
    std::string on_device() const { return name + "_device"; }
};

// The C function and the numbers. It only passes them on: the numbers are aligned to the vectors of `target`,
// which may be more than the machine has.
Halide::Module entry_module(const EntryPoint &entry, const Halide::Target &target);

// What it calls: checks the arguments, describes the tensors on the stack and calls the pipeline; for a GPU,
// between the two halves of compiler/device/.
Halide::Module call_module(const EntryPoint &entry, const Halide::Target &target);

}  // namespace fsd::compiler
