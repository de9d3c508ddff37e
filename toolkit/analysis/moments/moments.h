// First and second moments of a layer's numbers, and what must hold for them. docs/analysis.md has the
// formulas, which are those of arXiv 2202.04925.
#pragma once

#include "toolkit/analysis/matrix.h"

#include <string>
#include <vector>

namespace fsd::analysis {

// mean [unit], covariance [unit, unit]: symmetric, population form (divisor N).
struct Moments {
    Vector mean;
    Matrix covariance;

    Eigen::Index units() const { return mean.size(); }
    // Square roots of the diagonal; 0 where it is negative.
    Vector deviations() const;
};

// Throws Error(bad_input) that begins with `what` where a number is not finite, the shapes do not fit, the
// covariance is not symmetric (by more than 1e-8 of its largest number), a variance is negative, or an
// eigenvalue is below -1e-8 of the largest one. Eigenvalues are asked of up to 1024 units; beyond, variances
// and correlations.
void check(const Moments &moments, const std::string &what);

// Of a mixture: M = sum w m, C = sum w (C_k + m_k m_k^T) - M M^T. The weights sum to 1.
Moments mixture(const std::vector<double> &weights, const std::vector<Moments> &components);

// The same means with all covariances between different units set to 0.
Moments without_covariances(const Moments &moments);

// Units whose variance is so small beside the largest one that they are taken as deterministic: up to this
// value.
double least_variance(const Moments &moments);

// Of the squared error to a target: |M - t|^2 + tr C, exact for any distribution with these moments.
double expected_squared_error(const Moments &moments, const Vector &target);

}  // namespace fsd::analysis
