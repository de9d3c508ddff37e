// Which names a compiled network can have in C, in C++ and beside the C library.
#pragma once

#include <string>

namespace fsd::compiler {

// Throws Error(usage), with the remedy, where C or C++ cannot have a function of that name: it is no
// identifier, a keyword or reserved; or where the C library or Halide's runtime has one.
void check_name(const std::string &name);

// What the C macros of a library by that name begin with.
std::string macro_prefix(std::string name);

}  // namespace fsd::compiler
