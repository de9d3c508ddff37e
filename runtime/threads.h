// How many threads the kernels use. Results have the same bits for any number.
#pragma once

namespace fsd {

// The CPUs that this process may use: its affinity mask, cut by the CPU quota of its control group; at
// least 1.
int usable_cpus();

// Sets the size of the kernels' thread pool. Throws Error(usage) for a number below 1.
// Must not be called while a kernel runs.
void set_threads(int count);

// Sets the number to usable_cpus() unless it was set before. Every kernel call does this first.
void start_threads();

// The number in force: what was set, or usable_cpus(). A process that is forked while no kernel runs keeps
// the number and starts threads of its own.
int threads();

}  // namespace fsd
