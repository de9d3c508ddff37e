// Processes as threads of one: what the tests of split batches take in MPI's place.
#pragma once

#include "toolkit/training/communicator.h"

#include <functional>

namespace fsd::testing {

// Calls `work` in so many threads, each with the communicator of its rank. What one throws is thrown here,
// and then the others, whose waiting it ends with LostProcesses, have ended, too.
void in_processes(int count, const std::function<void(Communicator &)> &work);

}  // namespace fsd::testing
