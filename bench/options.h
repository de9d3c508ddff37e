// What the benchmark programs share: their own options beside Google Benchmark's, and the context of the
// figures.
#pragma once

namespace fsd::bench {

struct Options {
    int threads = 1;  // --threads=N
};

// Applies --threads=N and --instruction_set=NAME, hands the rest (--benchmark_filter, --benchmark_out, ...)
// to Google Benchmark, and adds machine, instruction set, threads and measured peaks to the context that it
// reports. Prints the usage and exits for --help. Throws Error(usage).
Options read_options(int count, char **arguments);

}  // namespace fsd::bench
