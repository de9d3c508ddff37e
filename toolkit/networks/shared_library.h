// What `fsdnet compile` wrote, linked so that it can be loaded.
#pragma once

#include "runtime/compiled_library.h"

#include <string>

namespace fsd {

// Makes the shared library `shared` of a static one by the C compiler `cc`; it shows the functions of the
// network called `name` and nothing else. Throws Error(bad_input) where it cannot be linked,
// Error(unsupported) where there is no `cc`.
void link_shared(const std::string &archive, const std::string &name, const std::string &shared);

// A library for this process: a shared one (.so), or a static one (.a), which is linked first. function: as
// CompiledLibrary takes it.
CompiledLibrary open_library(const std::string &path, const std::string &function = "");

// Throws Error(check_failed) unless the library gives the numbers within 1e-4 and 1e-4 of each: another order
// of sums.
void need_same_result(const CompiledLibrary &library, const Tensor &inputs, const Tensor &expected);

}  // namespace fsd
