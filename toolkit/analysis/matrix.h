// The matrices and vectors of the analyses: float64, rows one behind the other as NumPy has them.
#pragma once

#include "runtime/tensor.h"

#include <Eigen/Core>

namespace fsd::analysis {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Vector = Eigen::VectorXd;

// The memory of a matrix or vector as a tensor [row, column] or [element], which the caller keeps alive.
inline Tensor view(const Matrix &matrix) {
    return view_tensor(halide_type_of<double>(), const_cast<double *>(matrix.data()),
                       {static_cast<int>(matrix.rows()), static_cast<int>(matrix.cols())});
}
inline Tensor view(const Vector &vector) {
    return view_tensor(halide_type_of<double>(), const_cast<double *>(vector.data()),
                       {static_cast<int>(vector.size())});
}

}  // namespace fsd::analysis
