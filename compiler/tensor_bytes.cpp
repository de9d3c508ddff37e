// Adds up what caller_memory.h and stack_use.h say of each function.
#include "compiler/tensor_bytes.h"

#include "compiler/caller_memory.h"
#include "compiler/stack_use.h"
#include "runtime/error.h"

#include <algorithm>

namespace fsd::compiler {
namespace {

// An eighth of the usual stack of a thread.
constexpr std::size_t most_stack_bytes = std::size_t(1) << 20;

}  // namespace

void TensorBytes::include(const TensorBytes &other) {
    stack = std::max(stack, other.stack);
    memory = std::max(memory, other.memory);
}

void TensorBytes::check() const {
    if (stack > most_stack_bytes) {
        throw Error(ExitCode::unsupported,
                    text("The network's maps need ", stack, " bytes of the stack, more than the ",
                         most_stack_bytes,
                         " that a compiled network may use; with '--memory caller' they are in memory "
                         "that the caller gives."));
    }
}

TensorBytes place_tensors(Halide::Module &module, MemoryPlace place) {
    TensorBytes all;
    for (Halide::Internal::LoweredFunc &function : module.functions()) {
        if (place != MemoryPlace::stack) {
            all.include({0, move_to_memory(function)});
        }
        all.include({stack_bytes(function), 0});
    }
    return all;
}

}  // namespace fsd::compiler
