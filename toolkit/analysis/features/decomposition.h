// The singular value decomposition of a dense matrix of some hundred rows, by its Gram matrix.
#pragma once

#include <Eigen/Core>

namespace fsd::analysis {

// A = left diag(values) right^T, values descending. Values are right within some roundings of the largest
// one. Singular vectors are orthonormal within 1e-13 where their values are above 1e-12 of the largest one;
// below, columns of `left` are 0 and values are roundings.
struct Decomposition {
    Eigen::VectorXd values;       // as many as the shorter side
    Eigen::MatrixXd left, right;  // [row, value], [column, value]
};

// For finite numbers.
Decomposition decomposition_of(const Eigen::MatrixXd &matrix);

}  // namespace fsd::analysis
