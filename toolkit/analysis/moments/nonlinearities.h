// Moments behind nonlinearities and affine maps, by the kernels of fsd::analysis_kernels in float64. Moments
// given are checked; none returned holds a NaN.
#pragma once

#include "toolkit/analysis/moments/moments.h"

namespace fsd::analysis {

// z = W^T y + b: mean W^T mean + b, covariance W^T S W. slope: W [input, unit].
Moments affine_moments(const Moments &moments, const Matrix &slope, const Vector &offset);

// y = max(z, 0) of Gaussian z: exact means and variances; covariances by `nodes` nodes of Gauss and
// Legendre's rule, within 2e-7 of s_i s_j for 16 and 2e-9 for 32. Units with a variance up to
// least_variance() are deterministic.
Moments relu_moments(const Moments &moments, int nodes = 16);

// The same with the first term of Gram and Charlier's series. third(i, j) = kappa(z_i, z_i, z_j). The
// covariance can lose its definiteness: project it.
Moments relu_moments_of_third_order(const Moments &moments, const Matrix &third, int nodes = 16);

// y = erf(z) of Gaussian z.
Moments erf_moments(const Moments &moments, int nodes = 16);

// y = z + alpha z^2. With `third` as above and `fourth`(i, j) = kappa(z_i, z_i, z_j, z_j) exact for any
// distribution; nullptr: as of Gaussian z. The mean is exact for any distribution. Throws Error(bad_input)
// where it overflows.
Moments quadratic_moments(const Moments &moments, double alpha, const Matrix *third = nullptr,
                          const Matrix *fourth = nullptr);

// y = 1 / (1 + e^-z) of Gaussian z: Mehler's series of the covariance, 24 terms.
Moments sigmoid_moments(const Moments &moments);

}  // namespace fsd::analysis
