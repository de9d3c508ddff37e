// Moments of features with a class for each sample, and the H-score (arXiv 1905.06600; docs/analysis.md,
// Features).
#pragma once

#include "toolkit/analysis/matrix.h"

#include <string>
#include <vector>

namespace fsd::analysis {

// Population form; classes without samples have probability 0 and mean 0.
struct FeatureMoments {
    int samples = 0;
    Vector mean;               // [unit]
    Matrix covariance;         // [unit, unit]
    Vector class_probability;  // [class]
    Matrix class_mean;         // [class, unit]

    int units() const { return static_cast<int>(mean.size()); }
    int classes() const { return static_cast<int>(class_probability.size()); }
    // E[f | y] - E f [class, unit]; 0 for a class without samples.
    Matrix centered_class_mean() const;
};

// By the kernels sample_covariance and class_means. features: float32 [sample, ...], all finite; labels from
// 0 to classes - 1. Throws Error(bad_input) where they do not fit together.
FeatureMoments feature_moments(const Tensor &features, const std::vector<int> &labels, int classes);

// The same from given probabilities: features [value, unit] of a variable x, joint with the classes P [value,
// class].
FeatureMoments feature_moments_of_table(const Matrix &features, const Matrix &probability);

// The part of the units' space in which they vary: directions whose variance is at least 1e-10 of the largest
// one.
struct Whitening {
    Matrix root;  // [unit, rank]: root^T Cov root = 1, root root^T = pseudo-inverse of Cov

    int rank() const { return static_cast<int>(root.cols()); }
};

Whitening whitening_of(const Matrix &covariance);

// H(f) = tr(Cov(f)^-1 Cov(E[f | Y])) / 2, nats; from 0 to min(rank, classes - 1) / 2.
double h_score(const FeatureMoments &moments, const Whitening &whitening);
// The same where the whitening is not needed besides: only the class means are whitened.
double h_score(const FeatureMoments &moments);

// H(f, g) = E[(f - E f)^T (g - E g)] - tr(Cov f Cov g) / 2 with class features g [class, unit]; at most H(f),
// which g = matched_projection reaches.
double two_sided_h_score(const FeatureMoments &moments, const Matrix &class_features);

// g*(y) = Cov(f)^-1 (E[f | y] - E f) [class, unit].
Matrix matched_projection(const FeatureMoments &moments, const Whitening &whitening);

}  // namespace fsd::analysis
