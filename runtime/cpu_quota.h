// How much CPU time the control groups of this process allow.
#pragma once

#include <string>

namespace fsd {

// CPUs' worth of time: the tightest limit of the process's control group and its ancestors, version 1 or 2; 0
// where there is none. `root` is put before /proc and /sys (tests).
double cpu_quota(const std::string &root = "");

}  // namespace fsd
