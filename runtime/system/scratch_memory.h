// The memory that kernels ask for while they run. Blocks are kept and given out again, so that a kernel which
// ran once with a number of threads does not allocate any more.
#pragma once

namespace fsd {

// Makes the kernels use the pool; further calls do nothing. Must come before the first kernel runs.
void pool_scratch_memory();

}  // namespace fsd
