// What the control groups of this process allow: the tightest limit of the process's own group and its
// ancestors, version 1 or 2; 0 where there is none. `root` is put before /proc and /sys (tests).
#pragma once

#include <string>

namespace fsd {

// CPUs' worth of time.
double cpu_quota(const std::string &root = "");

// Bytes of memory.
double memory_limit(const std::string &root = "");

}  // namespace fsd
