// Tensors in memory that is given to a compiled function, in place of the stack.
#pragma once

#include "Halide.h"

namespace fsd::compiler {

// Gives the function one more argument, `memory`, and places in it every tensor of more than 2 KiB; smaller
// ones, among them those that registers hold, stay on the stack. Tensors of one type that are not needed at
// the same time share a place. Returns the bytes that the memory must have, aligned to memory_alignment. To
// be called when the function is lowered. Throws Error(unsupported) where they are more than 2 GiB.
std::size_t move_to_memory(Halide::Internal::LoweredFunc &function);

}  // namespace fsd::compiler
