// A quadratic network for the exclusive or that never sees a sample: it is trained on the mean and the
// covariance of each class, through the moments behind its layers.
#pragma once

#include "runtime/model.h"

#include <cstdint>

namespace fsd::experiments {

// 2 - `hidden` - 1, z + alpha z^2 between: minimizes sum of (M_c - t_c)^2 of the predicted class means M_c,
// which are exact, by Adam. With `diagonal` the input covariances are zeroed off the diagonal.
Model quadratic_xor(int hidden, double alpha, bool diagonal, std::uint64_t seed);

}  // namespace fsd::experiments
