// Where the tensors of lowered functions lie, and how many bytes that takes.
#pragma once

#include "compiler/memory_place.h"

#include "Halide.h"

namespace fsd::compiler {

// Of a call; those of functions that are called one after the other are the largest ones.
struct TensorBytes {
    std::size_t stack = 0, memory = 0;

    void include(const TensorBytes &other);
    // Throws Error(unsupported) where the stack is more than a compiled network may use, with the remedy.
    void check() const;
};

// Places the tensors of all functions of the module, each of which gets the argument `memory` unless they
// stay on the stack. To be called when it is lowered.
TensorBytes place_tensors(Halide::Module &module, MemoryPlace place);

}  // namespace fsd::compiler
