// Whether numbers are those expected, as NumPy's allclose.
#pragma once

#include "runtime/tensor.h"

namespace fsd {

// Dense float32 tensors. Throws Error(bad_input) where the shapes differ; Error(check_failed) where a number
// is farther from the expected one than absolute + relative |expected|, or only one of the two is NaN: the
// sentence has the farthest of these, its index, and how many there are.
void need_close(const Tensor &found, const Tensor &expected, double absolute, double relative);

}  // namespace fsd
