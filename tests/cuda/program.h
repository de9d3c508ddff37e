// A PTX module in the form that is run: per kernel a list of instructions over numbered registers.
//
// Covers what Halide's code generator emits for this project (PTX ISA, "Instruction Set"): integer and
// floating-point arithmetic, predicates, branches, vector loads and stores of all state spaces, barriers and
// shuffles. Anything else makes a module invalid, with the instruction's name.
#pragma once

#include "tests/cuda/memory.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace fsd::testing::cuda {

struct Thread;
struct Instruction;

using Operation = void (*)(Thread &, const Instruction &);

enum class Flow { onward, branch, barrier, exchange, end };

struct Instruction {
    static constexpr int none = -1;

    Flow flow = Flow::onward;
    Operation operation = nullptr;
    std::array<int, 6> operands{};  // registers; the result first
    int guard = none;               // the predicate's register
    bool guard_negated = false;
    std::size_t target = 0;   // of a branch
    std::int64_t offset = 0;  // of an address
    int numbers = 1;          // of a vector load or store; the mode's letter of a shuffle
    bool unpacks = false;     // of a move: the results are the parts
};

struct Parameter {
    std::size_t offset = 0, size = 0;
};

struct AssembledKernel {
    std::string name;
    std::vector<Parameter> parameters;
    std::size_t parameter_bytes = 0, local_bytes = 0;
    // What the registers hold when a block begins: the constants, else zeros.
    std::vector<std::uint64_t> registers;
    std::vector<Instruction> instructions;
};

using Module = std::map<std::string, AssembledKernel>;

// The registers that tell a thread where it is: the first of every kernel.
enum Place {
    thread_x,
    thread_y,
    thread_z,
    block_x,
    block_y,
    block_z,
    threads_x,
    threads_y,
    threads_z,
    blocks_x,
    blocks_y,
    blocks_z,
    lane_of_warp,
    places
};

// Reads PTX. Throws Fault{invalid_program}.
Module assemble(const std::string &text);

// The operation of an opcode such as "add.s32"; null where there is none.
Operation find_operation(const std::string &opcode);

}  // namespace fsd::testing::cuda
