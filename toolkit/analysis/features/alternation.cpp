// Features are columns; the inner product of two is weighted by the probabilities.
#include "toolkit/analysis/features/alternation.h"

#include "runtime/error.h"

#include <Eigen/SVD>

#include <algorithm>
#include <random>

namespace fsd::analysis {
namespace {

// A column that the others leave less than this share of is none of its own.
constexpr double least_share = 1e-10;

// Without their means, orthonormal, by Gram and Schmidt twice: what Cholesky's factor of the covariance does,
// pivot by pivot. Columns without a part of their own, or of next to nothing (1e-10 of a covariance of 1),
// are left out.
Matrix whitened(const Matrix &features, const Vector &weight) {
    Matrix result(features.rows(), features.cols());
    Eigen::Index kept = 0;
    for (Eigen::Index column = 0; column < features.cols(); column++) {
        Vector own = features.col(column);
        const double before = std::sqrt(weight.dot(own.cwiseAbs2()));
        for (int pass = 0; pass < 2; pass++) {
            own.array() -= weight.dot(own);
            for (Eigen::Index other = 0; other < kept; other++) {
                own -= weight.dot(own.cwiseProduct(result.col(other))) * result.col(other);
            }
        }
        const double norm = std::sqrt(weight.dot(own.cwiseAbs2()));
        if (norm > least_share && norm > least_share * before) {
            result.col(kept++) = own / norm;
        }
    }
    return result.leftCols(kept);
}

class Search {
public:
    explicit Search(const Joint &joint) : joint_(joint) {}

    Matrix of_rows(const Matrix &g) const {
        return whitened(joint_.rows.cwiseInverse().asDiagonal() * (joint_.probability * g), joint_.rows);
    }
    Matrix of_columns(const Matrix &f) const {
        return whitened(joint_.columns.cwiseInverse().asDiagonal() * (joint_.probability.transpose() * f),
                        joint_.columns);
    }

    // Turns the features within what they span so that E[f g^T] is diagonal, and measures what is left.
    void settle(Alternation &found) const {
        const Matrix &f = found.row_features, &g = found.column_features;
        const Eigen::JacobiSVD<Eigen::MatrixXd> turn(f.transpose() * joint_.probability * g,
                                                     Eigen::ComputeThinU | Eigen::ComputeThinV);
        found.correlations = turn.singularValues().cwiseMin(1);
        found.row_features = f * turn.matrixU();
        found.column_features = g * turn.matrixV();
        found.residual =
            std::max(residual(joint_.rows, joint_.probability * found.column_features, found.row_features,
                              turn.singularValues()),
                     residual(joint_.columns, joint_.probability.transpose() * found.row_features,
                              found.column_features, turn.singularValues()));
    }

private:
    // |E[other | own] - own sigma| under the weights.
    static double residual(const Vector &weight, const Matrix &sums, const Matrix &own, const Vector &sigma) {
        const Matrix rest = weight.cwiseInverse().asDiagonal() * sums - own * sigma.asDiagonal();
        return std::sqrt((weight.transpose() * rest.cwiseAbs2()).sum());
    }

    const Joint &joint_;
};

Matrix random_features(Eigen::Index values, Eigen::Index count, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    Matrix features(values, count);
    for (Eigen::Index row = 0; row < values; row++) {
        for (Eigen::Index column = 0; column < count; column++) {
            features(row, column) = static_cast<double>(random() >> 11U) / 4503599627370496. - 1;
        }
    }
    return features;
}

}  // namespace

Alternation alternate(const Joint &joint, const AlternationOptions &options) {
    if (options.features < 1) {
        throw Error(ExitCode::bad_input,
                    text("The number of features is ", options.features, "; expected 1 or more."));
    }
    const Search search(joint);
    const Eigen::Index most =
        std::min({Eigen::Index(options.features), joint.rows.size(), joint.columns.size()});
    Alternation found;
    found.column_features =
        whitened(random_features(joint.columns.size(), most, options.seed), joint.columns);
    while (found.iterations < options.most_iterations && !found.converged) {
        found.row_features = search.of_rows(found.column_features);
        found.column_features = search.of_columns(found.row_features);
        found.row_features = Matrix(found.row_features.leftCols(found.column_features.cols()));
        found.iterations++;
        if (found.column_features.cols() == 0) {  // B = 0: the two are independent
            found.converged = true;
            break;
        }
        search.settle(found);
        found.converged = found.residual <= options.tolerance;
    }
    found.features = static_cast<int>(found.column_features.cols());
    return found;
}

}  // namespace fsd::analysis
