// What the module fsdnet_mpi.so gives to the program that loads it.
#pragma once

#include "toolkit/training/communicator.h"

#include <functional>

namespace fsd {

// Both are built together; a module of another build has another name.
constexpr const char *mpi_module_function = "fsdnet_join_mpi_1";

// Throws Error(unsupported) where MPI fails. The caller deletes it.
using JoinMpi = Communicator *(std::function<bool()> is_to_stop);

}  // namespace fsd
