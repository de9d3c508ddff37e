// Adds up the allocations in the function's statements.
#include "compiler/stack_use.h"

#include "runtime/error.h"

namespace fsd::compiler {
namespace {

using namespace Halide::Internal;

class Allocations : public IRVisitor {
public:
    std::size_t bytes = 0;

protected:
    using IRVisitor::visit;

    void visit(const Allocate *allocation) override {
        bytes += stack_bytes(*allocation);
        IRVisitor::visit(allocation);
    }
};

}  // namespace

std::size_t stack_bytes(const LoweredFunc &function) {
    Allocations allocations;
    function.body.accept(&allocations);
    return allocations.bytes;
}

std::size_t stack_bytes(const Allocate &allocation) {
    const int32_t elements = allocation.constant_allocation_size();
    // MemoryType::Stack is no promise: beyond 16 KiB it is the heap.
    const bool on_stack = allocation.memory_type == Halide::MemoryType::Register;
    if (elements <= 0 || !on_stack) {
        throw Error(ExitCode::internal, text("The compiler has not placed the stage '", allocation.name,
                                             "' on the stack. Please report it."));
    }
    return static_cast<std::size_t>(elements + allocation.padding) *
           static_cast<std::size_t>(allocation.type.bytes());
}

}  // namespace fsd::compiler
