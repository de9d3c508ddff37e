// What a verb writes, in view of its report on the standard output.
#pragma once

#include "toolkit/system/file_roles.h"

namespace fsd::command_line {

// Checks as fsd::check_outputs. Where an output takes the standard output, the verb's text goes to the
// standard error from here on; with --json, which wants the standard output for itself, throws Error(usage).
void prepare_outputs(const std::vector<FileRole> &inputs, const std::vector<FileRole> &outputs, bool json);

}  // namespace fsd::command_line
