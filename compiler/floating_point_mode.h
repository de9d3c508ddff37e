// Compiled networks compute in a floating-point environment of their own, as kernels do, and give the
// caller's back (docs/numerics.md).
#pragma once

#include "compiler/embedded_code.h"

#include "Halide.h"

namespace fsd::compiler {

// On x86-64; elsewhere a network computes in the caller's environment.
bool has_own_floating_point_mode(const Halide::Target &target);

// Makes the module's functions set the environment, compute, and set it back. They must not return in
// between: the module's target has Target::NoAsserts.
void keep_own_floating_point_mode(Halide::Module &module);

// Calls a function in that environment, where there is one, and returns what it returns unless that is 0.
Halide::Internal::Stmt call_in_own_floating_point_mode(const Halide::Expr &call,
                                                       const Halide::Target &target);

// What the functions call, for the library.
ObjectFile floating_point_object();

}  // namespace fsd::compiler
