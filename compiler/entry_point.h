// The C functions of a compiled network.
#pragma once

#include "compiler/entry_form.h"
#include "compiler/memory_place.h"

#include "Halide.h"

#include <string>
#include <vector>

namespace fsd::compiler {

// What the C functions return; the header lists them. compiler/device/call.h has those of networks for GPUs.
enum class EntryStatus {
    ok = 0,
    negative_batch = 1,
    null_pointer = 2,
    wrong_colors = 3,
    not_a_number = 5,
    wrong_alignment = 6
};

// int name(const uint8_t *image or const float *numbers, int batch, float *result), with what else the form
// has (compiler/entry_text.h)
struct EntryFunction {
    std::string name;
    std::string pipeline;  // the compiled Funcs that it calls: input, mask, views of the numbers, results
    Halide::Type type;     // of the input
    EntryForm form = EntryForm::plain;
    bool by_sample = false;  // the pipeline takes one sample at a time, as that of a judgement does

    std::string call() const { return name + "_call"; }
    std::string on_device() const { return name + "_device"; }
};

struct EntryPoint {
    std::string name;  // of the network
    std::vector<EntryFunction> functions;
    int height = 0, width = 0, colors = 0, results = 0;
    std::vector<uint8_t> numbers;
    int views = 1;                  // as how many arguments the pipelines take the numbers
    std::string device = {};        // "opencl", "cuda": each function has a twin, name_device
    bool takes_memory = false;      // for the tensors, as the functions' and the pipelines' last argument
    std::uint64_t fingerprint = 0;  // of what the network computes (runtime/models/fingerprint.h)

    // Whether the library says by name_is_of() what it was compiled of: then its functions can be called by
    // who knows the network alone.
    bool has_is_of() const { return device.empty() && !takes_memory; }
};

// The C functions and the numbers. They only pass them on: the numbers are aligned to the vectors of
// `target`, which may be more than the machine has.
Halide::Module entry_module(const EntryPoint &entry, const Halide::Target &target);

// What one of them calls: checks the arguments, describes the tensors on the stack, calls the pipeline, for a
// GPU between the two halves of compiler/device/, where it wants that sample by sample, and looks for NaN in
// a result that lies in the host's memory.
Halide::Module call_module(const EntryPoint &entry, const EntryFunction &function,
                           const Halide::Target &target);

}  // namespace fsd::compiler
