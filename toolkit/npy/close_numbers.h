// Whether a network gives what it should.
#pragma once

#include "runtime/tensor.h"

namespace fsd {

// Dense float32 tensors. Throws Error(bad_input) where the shapes differ, Error(check_failed) with the first
// number that is farther from the expected one than absolute + relative |expected|, or is NaN where that is
// not.
void need_close(const Tensor &found, const Tensor &expected, double absolute, double relative);

}  // namespace fsd
