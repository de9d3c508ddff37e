// Gaussians with given moments: projection of their covariances, their divergence, samples of them.
#pragma once

#include "toolkit/analysis/moments/moments.h"

#include <cstdint>

namespace fsd::analysis {

struct Projection {
    Matrix matrix;       // the nearest positive semidefinite one
    double clipped = 0;  // sum of the negative eigenvalues' sizes over that of all
};

// Sets negative eigenvalues to 0. The matrix is symmetric and finite.
Projection projected(const Matrix &matrix);

// KL(N(p) || N(q)) in nats, at least 0, and 0 for equal moments. Both covariances get a ridge of `ridge`
// times the mean variance of p (or of q where p has none) on their diagonals, which makes deterministic
// directions count as very narrow ones. Throws Error(bad_input) for different numbers of units.
double kl_divergence(const Moments &p, const Moments &q, double ridge = 1e-6);

// `count` samples, float32 [sample, unit], the same for the same seed. The covariance may be singular.
Tensor gaussian_samples(const Moments &moments, int count, std::uint64_t seed);

}  // namespace fsd::analysis
