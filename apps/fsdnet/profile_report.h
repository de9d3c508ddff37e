// What `fsdnet bench` prints.
#pragma once

#include "toolkit/profiling/network_profile.h"

#include <ostream>
#include <string>

namespace fsd::command_line {

// Percentiles of a batch in microseconds, in one line that begins with `what`.
void print_times(std::ostream &out, const std::string &what, const Times &times, int batch);

// A line for each kernel, and what the columns are shares of.
void print_kernels(std::ostream &out, const NetworkProfile &profile);

}  // namespace fsd::command_line
