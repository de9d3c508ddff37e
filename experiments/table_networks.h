// Networks whose input is one of a few values with known probabilities, trained with the cross entropy over
// the whole joint distribution in float64: what arXiv 1905.06600 says of small dependence is checked on them
// without samples.
#pragma once

#include "toolkit/analysis/features/joint.h"

#include <cstdint>

namespace fsd::experiments {

// P = px py (1 + epsilon R) with random px, py and R, |R| <= 1, whose means over px and over py are 0.
analysis::Joint weak_joint(int rows, int columns, double epsilon, std::uint64_t seed);

// Random numbers, normal, [row, column].
analysis::Matrix random_matrix(Eigen::Index rows, Eigen::Index columns, std::uint64_t seed);

// P(y | x) ~ exp(v(y)^T f(x) + b(y)).
struct TableRegression {
    analysis::Matrix features;  // f [x, k]
    analysis::Matrix weights;   // v [y, k]
    double cross_entropy = 0;   // nats
};

// v and b for given features, until the gradient's largest number is at most `tolerance`.
TableRegression softmax_regression(const analysis::Joint &joint, const analysis::Matrix &features,
                                   double tolerance = 1e-11);

// f(x), v and b all free: a network deep and wide enough to give any features.
TableRegression free_features(const analysis::Joint &joint, int features, std::uint64_t seed);

// Weights W [unit, input] of f = tanh(W t + c) and b for given inputs t [x, input], output weights v [y,
// unit] and biases c.
analysis::Matrix hidden_weights(const analysis::Joint &joint, const analysis::Matrix &inputs,
                                const analysis::Matrix &output_weights, const analysis::Vector &biases);

// H(Y), nats.
double class_entropy(const analysis::Joint &joint);

}  // namespace fsd::experiments
