// All operations by their opcodes.
#include "tests/cuda/registers.h"

namespace fsd::testing::cuda {
namespace {

// What Halide asserts in a kernel.
void trap(Thread &, const Instruction &) {
    throw Fault{launch_failed, "The kernel has stopped itself (trap)."};
}

// Where the emulation waits for other threads, it does itself what is to be done.
void wait(Thread &, const Instruction &) {}

Table all_operations() {
    Table table;
    add_arithmetic(table);
    add_comparisons(table);
    add_conversions(table);
    add_state_spaces(table);
    for (const char *mode : {"up", "down", "bfly", "idx"}) {
        table[std::string("shfl.sync.") + mode + ".b32"] = wait;
    }
    table["trap"] = trap;
    return table;
}

}  // namespace

Operation find_operation(const std::string &opcode) {
    static const Table table = all_operations();
    const auto found = table.find(opcode);
    return found == table.end() ? nullptr : found->second;
}

}  // namespace fsd::testing::cuda
