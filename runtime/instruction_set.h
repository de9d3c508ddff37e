// Which instruction sets the multi-target kernels may use: the machine's best unless limited by
// a call or by the environment (doubts, comparisons, tests).
#pragma once

#include <string>
#include <vector>

namespace fsd {

// Names of cmake/InstructionSets.cmake: those that this machine can run, best first: the processor has the
// instructions, and the system saves the registers that they use.
std::vector<std::string> instruction_sets();

// Lets kernels use nothing above `name`, whatever the environment says. A kernel decides at its first call
// and keeps to it, so this has no effect on kernels that were called before. Throws Error(usage) for a name
// that is none; Error(unsupported), with the names that this machine can run, for another one.
void limit_instruction_set(const std::string &name);

// Puts the limit in force that the variable FSDNET_INSTRUCTION_SET of the environment names, unless one was
// set before, and lets kernels ask for the registers that the system saves. Every kernel call does this
// first; it is done once. Throws as limit_instruction_set().
void choose_instruction_set();

// The best one in force. Throws as choose_instruction_set().
std::string instruction_set();

// Whether it is of this family of cmake/InstructionSets.cmake, once it was chosen. Allocates nothing.
bool is_family_in_force(const char *family) noexcept;

// Whether its kernels compute a * b + c with one rounding. Allocates nothing.
bool fuses_products() noexcept;

}  // namespace fsd
