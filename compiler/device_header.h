// What the C header of a network for a GPU says beyond the one for CPUs.
#pragma once

#include "compiler/header_text.h"

namespace fsd::compiler {

// int name_device(const void *image, int batch, void *log_posterior)
std::string device_declaration(const std::string &name);

// How much memory, as a macro whose name begins with `macro`.
std::string device_memory(const HeaderFacts &facts, const std::string &macro);

// The functions and their contracts.
std::string device_functions(const HeaderFacts &facts);

}  // namespace fsd::compiler
