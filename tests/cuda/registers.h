// How operations read and write a thread's registers.
#pragma once

#include "tests/cuda/execution.h"

#include <cstring>
#include <unordered_map>

namespace fsd::testing::cuda {

using Table = std::unordered_map<std::string, Operation>;

// The operations of one kind, each under its opcode.
void add_arithmetic(Table &table);
void add_comparisons(Table &table);
void add_conversions(Table &table);
void add_state_spaces(Table &table);

template<typename T>
T get(const Thread &thread, const Instruction &instruction, std::size_t operand) {
    T value;
    std::memcpy(&value, &thread.registers[instruction.operands[operand]], sizeof(T));
    return value;
}

template<typename T>
void put(Thread &thread, int result, const T &value) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof(T));
    thread.registers[result] = bits;
}

// `Function` is a type without state: result = Function()(first, second, third).
template<typename Result, typename T, typename Function>
void unary(Thread &thread, const Instruction &at) {
    put<Result>(thread, at.operands[0], Function()(get<T>(thread, at, 1)));
}
template<typename Result, typename T, typename Function>
void binary(Thread &thread, const Instruction &at) {
    put<Result>(thread, at.operands[0], Function()(get<T>(thread, at, 1), get<T>(thread, at, 2)));
}
// The third has the type of the result.
template<typename Result, typename T, typename Function>
void ternary(Thread &thread, const Instruction &at) {
    put<Result>(thread, at.operands[0],
                Function()(get<T>(thread, at, 1), get<T>(thread, at, 2), get<Result>(thread, at, 3)));
}

struct Same {
    template<typename T>
    T operator()(T a) const {
        return a;
    }
};

}  // namespace fsd::testing::cuda
