// Alternating conditional expectations (ACE): the best features without a decomposition, by orthogonal
// iteration.
#pragma once

#include "toolkit/analysis/features/joint.h"

#include <cstdint>

namespace fsd::analysis {

struct AlternationOptions {
    int features = 1;  // k
    int most_iterations = 1000;
    double tolerance = 1e-12;  // of the residual
    std::uint64_t seed = 0;    // of the features that it begins with
};

// f <- whiten(E[g | X]), g <- whiten(E[f | Y]) until f and g are correlated as singular vectors of B are. An
// error shrinks by (sigma_{k+1} / sigma_k)^2 per iteration: slowly where the two are close, never where they
// are equal.
struct Alternation {
    int features = 0;  // that were found: fewer than asked for where B has a lower rank
    int iterations = 0;
    double residual = 0;  // norm of B G - F diag(sigma) and its transpose, the larger one
    bool converged = false;
    Vector correlations;     // sigma [feature], descending
    Matrix row_features;     // f [x, feature]: mean 0, covariance 1
    Matrix column_features;  // g [y, feature]
};

// Throws Error(bad_input) for fewer than one feature.
Alternation alternate(const Joint &joint, const AlternationOptions &options);

}  // namespace fsd::analysis
