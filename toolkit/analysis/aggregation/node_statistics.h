// What linear output nodes give, and its moments per class.
#pragma once

#include "toolkit/analysis/aggregation/linear_nodes.h"
#include "toolkit/analysis/aggregation/pooled_set.h"

namespace fsd::analysis {

struct NodeStatistics {
    std::vector<int> count;       // samples of each class
    Matrix mean, variance;        // [class, node]; 0 for a class without samples
    Matrix variance_independent;  // as if no two features went together: sum of w^2 Var f
    Matrix skewness;              // third central moment / deviation^3; 0 where the variance is
};

// o = W^T f + b: float64 [sample, node]. Throws Error(bad_input) where widths differ.
Matrix node_values(const PooledSet &set, const LinearNodes &nodes);

// From the features' moments: mean W^T m + b and variance w^T C w, covariances of the features included (by
// the kernel node_moments); the third moment from the nodes' values themselves, as a model of independent
// channels does not predict it. Where features are more than `most_covariances`, variances are those of the
// values, which is the same number. A variance below 1e-12 of the mean square is 0.
NodeStatistics node_moments(const PooledSet &set, const LinearNodes &nodes, const Matrix &values,
                            int classes);

constexpr int most_covariances = 1024;

}  // namespace fsd::analysis
