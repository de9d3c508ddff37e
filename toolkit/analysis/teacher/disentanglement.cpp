// Sums over blocks and over a joint distribution.
#include "toolkit/analysis/teacher/disentanglement.h"

#include <algorithm>
#include <cmath>

namespace fsd::analysis {

double off_block_ratio(const Matrix &matrix, Eigen::Index row, Eigen::Index column) {
    const Eigen::Index rows = matrix.rows() - row, columns = matrix.cols() - column;
    const double off = matrix.topRightCorner(row, columns).squaredNorm() +
                       matrix.bottomLeftCorner(rows, column).squaredNorm();
    const double on = matrix.topLeftCorner(row, column).squaredNorm() +
                      matrix.bottomRightCorner(rows, columns).squaredNorm();
    return off == 0 ? 0 : std::sqrt(off / on);
}

double factorization_index(const Vector &probability, const std::vector<Matrix> &joint) {
    double sum = 0;
    for (std::size_t z = 0; z < joint.size(); z++) {
        const double weight = probability[static_cast<Eigen::Index>(z)];
        const Matrix &own = joint[z];
        const Vector first = own.rowwise().sum(), second = own.colwise().sum().transpose();
        for (Eigen::Index i = 0; weight > 0 && i < own.rows(); i++) {
            for (Eigen::Index j = 0; j < own.cols(); j++) {
                sum += own(i, j) > 0 ? weight * own(i, j) * std::log(own(i, j) / (first[i] * second[j])) : 0;
            }
        }
    }
    return std::max(0., sum);
}

}  // namespace fsd::analysis
