// Runs a program. What it does to itself, a crash or an endless loop, stays its own affair.
#pragma once

#include <csignal>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace fsd {

struct ProcessOptions {
    double limit = std::numeric_limits<double>::infinity();  // seconds
    const volatile std::sig_atomic_t *stop = nullptr;        // ends it where *stop is set
    int stop_signal = SIGKILL;  // by this; it is waited for, so a program that ignores it goes on
    std::size_t most_output =
        1 << 16;              // bytes of its output that are kept: the first ones, or up to 4 KiB more
    bool keep_errors = true;  // its standard error as well; else that is this program's
    // With the processes that it starts a group of its own, of which none outlives the call, and which does
    // not take part in a Ctrl-C on the terminal.
    bool own_group = true;
};

struct ProcessOutcome {
    int code = -1;           // exit code; 128 + signal where the process was killed
    bool timed_out = false;  // killed after `limit` seconds
    bool stopped = false;    // killed because *stop was set
    std::string output;
};

// command[0] is looked up on PATH; the standard input is empty. Throws Error(unsupported) where the program
// cannot be started.
ProcessOutcome run_process(const std::vector<std::string> &command, const ProcessOptions &options = {});

}  // namespace fsd
