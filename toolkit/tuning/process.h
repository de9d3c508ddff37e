// Runs a program under a time limit. What it does to itself, a crash or an endless loop, stays its own
// affair.
#pragma once

#include <csignal>
#include <string>
#include <vector>

namespace fsd::tuning {

struct Outcome {
    int code = -1;           // exit code; 128 + signal where the process was killed
    bool timed_out = false;  // killed after `limit` seconds
    bool stopped = false;    // killed because *stop was set
    std::string output;      // standard output and standard error, its first 64 KiB
};

// command[0] is looked up on PATH. The process and its children are one process group; none outlives the
// call. `stop` may be null. Throws Error(unsupported) where the program cannot be started.
Outcome run(const std::vector<std::string> &command, double limit,
            const volatile std::sig_atomic_t *stop = nullptr);

}  // namespace fsd::tuning
