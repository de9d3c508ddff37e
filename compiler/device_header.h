// What the C header of a network for a GPU says beyond the one for CPUs.
#pragma once

#include "compiler/header_text.h"

namespace fsd::compiler {

// How much memory, as a macro whose name begins with `macro`.
std::string device_memory(const HeaderFacts &facts, const std::string &macro);

// The functions and their contracts.
std::string device_functions(const HeaderFacts &facts);

}  // namespace fsd::compiler
