// How much of the stack a compiled function needs.
#pragma once

#include "Halide.h"

namespace fsd::compiler {

// Bytes of the tensors inside the function. Throws Error(internal) where one of them is not on the stack.
std::size_t stack_bytes(const Halide::Internal::LoweredFunc &function);

// Of one of them.
std::size_t stack_bytes(const Halide::Internal::Allocate &allocation);

}  // namespace fsd::compiler
