// Moments and activations that a user gives as .npy files.
#pragma once

#include "toolkit/analysis/moments/moments.h"

#include <string>

namespace fsd::analysis {

// mean [n] and covariance [n, n], float32 or float64. With `project` an indefinite covariance is replaced by
// the nearest positive semidefinite one. Throws Error(bad_input) that names the file where it cannot be read,
// has another shape, or is no covariance (moments.h).
Moments read_moments(const std::string &mean, const std::string &covariance, bool project);

// float32 [sample, number...]. Throws Error(bad_input) as read_npy_floats, and for fewer than two samples or
// axes.
Tensor read_activations(const std::string &path);

}  // namespace fsd::analysis
