// Memory that runs out when a test says so, whoever asks for it: new, malloc, Halide's buffers, the kernels.
#pragma once

namespace fsd::testing {

// False under sanitizers, which have their own allocator: nothing fails there.
bool allocations_can_fail();

// The `number`-th allocation from now on fails, 1 the next one; with `all_later` so do all after it.
void fail_allocation(long number, bool all_later);

// Ends that; returns how many were asked for since.
long stop_failing();

}  // namespace fsd::testing
