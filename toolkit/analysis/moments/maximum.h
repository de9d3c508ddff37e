// Moments of maxima of jointly Gaussian numbers by Clark's formulas, a pair at a time.
#pragma once

#include "toolkit/analysis/moments/moments.h"

#include <vector>

namespace fsd::analysis {

// Mean and variance of max(x1, x2), exact, and the shares of its covariance with any other Gaussian x:
// cov(max, x) = first cov(x1, x) + (1 - first) cov(x2, x), exact.
struct ClarkMaximum {
    double mean, variance, first;
};
ClarkMaximum clark_maximum(double mean1, double mean2, double variance1, double variance2, double covariance);

// The maxima over windows: each a list of units, folded from the front as if every maximum on the way were
// Gaussian. Over 2 x 2 equal units the mean is within 0.0023 and the variance within 4.3 % (uncorrelated);
// over four unequal ones of random correlations the variance is up to 20 % too small.
// Windows may overlap, but then the covariance between them comes out too small: of two windows of four
// uncorrelated units that share two it is 0.125 in place of 0.214.
Moments maximum_moments(const Moments &moments, const std::vector<std::vector<int>> &windows);

}  // namespace fsd::analysis
