// Counts what the process allocates, whoever asks for it: new, malloc, Halide's buffers, the kernels.
#pragma once

#include <cstddef>

namespace fsd::testing {

// False under sanitizers, which have their own allocator: nothing is counted there.
bool allocations_are_counted();

std::size_t allocation_count();  // calls since the start
std::size_t allocated_bytes();   // in use now

// The most bytes in use at any time since reset_peak(), beyond those in use then.
void reset_peak();
std::size_t peak_bytes();

}  // namespace fsd::testing
