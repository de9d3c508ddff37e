// The instruction set that a test compiles networks for.
#pragma once

#include "instruction_set_table.h"

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace fsd::testing {

// Halide's name of an instruction set of cmake/InstructionSets.cmake.
inline std::string target_of(const std::string &instruction_set) {
    for (const InstructionSetRow &row : instruction_set_table) {
        if (instruction_set == row.name) {
            return row.target;
        }
    }
    throw std::invalid_argument("There is no instruction set '" + instruction_set + "'.");
}

// What the kernels of this process are limited to (tests/main.cpp), else this machine's own.
inline std::string target_in_use() {
    const char *limit = std::getenv("FSDNET_INSTRUCTION_SET");
    return limit ? target_of(limit) : "host";
}

}  // namespace fsd::testing
