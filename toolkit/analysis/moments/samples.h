// Moments measured from samples, by kernels in float64.
#pragma once

#include "toolkit/analysis/moments/moments.h"

#include <vector>

namespace fsd::analysis {

// samples: float32 or uint8 [sample, ...]: what is behind the first axis are the units. Population form.
// Throws Error(bad_input) for no samples, other types, and NaN or infinities.
Moments sample_moments(const Tensor &samples);

// kappa(z_i, z_i, z_j) [i, j] of the same.
Matrix third_cumulants(const Tensor &samples);

// float32 [count, unit]: the samples whose label is `label`.
Tensor samples_of_class(const Tensor &samples, const std::vector<int> &labels, int label);

}  // namespace fsd::analysis
