// The singular value decomposition of the canonical dependence matrix: the features that tell most
// (arXiv 1905.06600; docs/analysis.md, Features).
#pragma once

#include "toolkit/analysis/features/joint.h"

namespace fsd::analysis {

// B = P / sqrt(px py) - sqrt(px py) = U diag(sigma) V^T. The features f = U / sqrt(px), g = V / sqrt(py) have
// mean 0 and covariance 1, and E[f_i g_j] = sigma_i where i = j, else 0. Equal sigma share a subspace, of
// which any basis is right.
struct Modes {
    Vector correlations;     // sigma, descending, from 0 to 1: as many as the smaller side has values
    int rank = 0;            // sigma above 1e-10
    Matrix row_features;     // f [x, rank]
    Matrix column_features;  // g [y, rank]
};

Modes modes_of(const Joint &joint);

// B [x, y] by the kernel dependence_matrix.
Matrix dependence_of(const Joint &joint);

// Sigma alone, descending.
Vector correlations_of(const Joint &joint);

// I(X;Y), nats; half the sum of sigma^2 is near it where the two are nearly independent.
double mutual_information(const Joint &joint);

// Half the sum of the first `count` sigma^2: the largest H-score of so many features, nats.
double largest_h_score(const Vector &correlations, int count);

}  // namespace fsd::analysis
