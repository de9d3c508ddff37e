// Whether `mpirun` started this process, and the way to the others. MPI itself is in a module of its own,
// fsdnet_mpi.so, which is loaded only then: no program needs MPI to be there.
#pragma once

#include "toolkit/training/communicator.h"

#include <functional>
#include <memory>

namespace fsd {

// How many processes the launcher started in all and on this machine; 1 where there is none.
int launched_processes();
int launched_processes_here();

// Threads for each of them, so that those on this machine have a thread for each of its CPUs in all: at most
// what usable_cpus() says.
int threads_of_process();

// The processes that the launcher started; nullptr where it started this one alone, or there is none. Asks
// `is_to_stop` while it waits for others. Lives until the last of what it is used for has ended; then it
// waits for the others, unless an exception ends it. Throws Error(unsupported) where the module is not there
// or MPI fails.
std::unique_ptr<Communicator> join_processes(std::function<bool()> is_to_stop);

}  // namespace fsd
