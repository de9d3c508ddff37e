// How close weights are to the matched projection, of an output layer and of a hidden layer.
#pragma once

#include "toolkit/analysis/features/feature_moments.h"

#include <optional>

namespace fsd::analysis {

// Weights v [class, unit] of a softmax regression against g*, both centered over the classes. Lengths and
// angles are those of the logits that they give: <a, b> = sum_y p(y) a(y)^T Cov(f) b(y).
struct ProjectionMatch {
    std::optional<double> cosine;          // nothing where one of the two gives no logits
    std::optional<double> relative_error;  // |v - g*| / |g*|
};

ProjectionMatch match_of(const Matrix &weights, const Matrix &matched, const FeatureMoments &moments);

// Of the samples whose class is the largest of p(y) (1 + (f - E f)^T g(y)): the share.
double matched_accuracy(const Tensor &features, const std::vector<int> &labels, const FeatureMoments &moments,
                        const Matrix &class_features);

// The weights of a hidden layer f = act(W t + c), c fixed, from which the output weights v [class, unit] are
// best served to first order: W* = J^-1 Cov(v)^-1 E[v(Y) t^T] Cov(t)^-1 [unit, input] with J = diag(act'(c)).
// `inputs`: moments of t. Throws Error(bad_input) where a slope is 0.
Matrix matched_hidden_weights(const FeatureMoments &inputs, const Matrix &output_weights,
                              const Vector &slopes);

// Cosine of two lists of numbers; nothing where one of them is 0.
std::optional<double> cosine_of(const Matrix &a, const Matrix &b);

}  // namespace fsd::analysis
