// The kernel gives B, decomposition.h its singular values and vectors.
#include "toolkit/analysis/features/modes.h"

#include "runtime/call.h"
#include "toolkit/analysis/features/decomposition.h"

#include <algorithm>
#include <cmath>

namespace fsd::analysis {
namespace {

constexpr double least_correlation = 1e-10;

// Rounding can leave 1 + 2e-16.
Vector clipped(const Vector &correlations) {
    return correlations.cwiseMin(1).cwiseMax(0);
}

}  // namespace

Matrix dependence_of(const Joint &joint) {
    Matrix dependence(joint.probability.rows(), joint.probability.cols());
    Vector rows(dependence.rows()), columns(dependence.cols());
    Call call(need_kernel("dependence_matrix", {"tuned", "cpu"}));
    call.set("joint_probability", view(joint.probability))
        .set("row_probability", view(rows))
        .set("column_probability", view(columns))
        .set("dependence", view(dependence));
    call();
    return dependence;
}

Vector correlations_of(const Joint &joint) {
    return clipped(decomposition_of(dependence_of(joint)).values);
}

Modes modes_of(const Joint &joint) {
    const Decomposition found = decomposition_of(dependence_of(joint));
    Modes modes;
    modes.correlations = clipped(found.values);
    modes.rank = static_cast<int>((modes.correlations.array() > least_correlation).count());
    modes.row_features = joint.rows.cwiseSqrt().cwiseInverse().asDiagonal() * found.left.leftCols(modes.rank);
    modes.column_features =
        joint.columns.cwiseSqrt().cwiseInverse().asDiagonal() * found.right.leftCols(modes.rank);
    return modes;
}

double mutual_information(const Joint &joint) {
    double sum = 0;
    for (Eigen::Index x = 0; x < joint.probability.rows(); x++) {
        for (Eigen::Index y = 0; y < joint.probability.cols(); y++) {
            const double p = joint.probability(x, y);
            sum += p > 0 ? p * std::log(p / (joint.rows[x] * joint.columns[y])) : 0;
        }
    }
    return std::max(sum, 0.);
}

double largest_h_score(const Vector &correlations, int count) {
    return correlations.head(std::min<Eigen::Index>(count, correlations.size())).squaredNorm() / 2;
}

}  // namespace fsd::analysis
