// Which instruction sets the multi-target kernels may use: the machine's best unless limited (tests,
// comparisons).
#pragma once

#include <string>
#include <vector>

namespace fsd {

// Names of cmake/InstructionSets.cmake: those that this machine can run, best first.
std::vector<std::string> instruction_sets();

// Lets kernels use nothing above `name`. A kernel decides at its first call and keeps to it, so this has no
// effect on kernels that were called before. Throws Error(unsupported) that lists the names this machine can
// run.
void limit_instruction_set(const std::string &name);

// The best one in force.
std::string instruction_set();

// Whether its kernels compute a * b + c with one rounding. Allocates nothing.
bool fuses_products() noexcept;

}  // namespace fsd
