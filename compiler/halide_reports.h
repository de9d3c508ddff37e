// What Halide's compiler says.
#pragma once

#include "runtime/error.h"

#include <string>

namespace fsd::compiler {

// From now on its failures to compile `what` are Errors of that code, what it warns is guaranteed to fail
// among them. Its other warnings go to the standard error, but two: that kernels for devices leave out the
// assertion that a tile of sums is no larger than its registers, which it asks for where it cannot see that;
// and that autoschedulers vectorize what could be stored in less memory.
void take_halide_reports(const std::string &what, ExitCode code);

}  // namespace fsd::compiler
