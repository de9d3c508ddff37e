// The singular vectors of B as features, and ACE against them (criteria B1 and B9 of docs/analysis.md).
#include "toolkit/analysis/features/modes.h"
#include "tests/analysis/features/random_joint.h"
#include "toolkit/analysis/features/alternation.h"
#include "toolkit/analysis/features/codes.h"
#include "toolkit/analysis/features/decomposition.h"

#include <Eigen/QR>
#include <Eigen/SVD>
#include <catch2/catch.hpp>

#include <cmath>

using namespace fsd;
using namespace fsd::analysis;
using namespace fsd::testing;

namespace {

double largest(const Matrix &matrix) {
    return matrix.size() == 0 ? 0 : matrix.cwiseAbs().maxCoeff();
}

// The smallest cosine between two subspaces, of features that are orthonormal under the weights.
double subspace_cosine(const Matrix &a, const Matrix &b, const Vector &weight) {
    const Eigen::MatrixXd product = a.transpose() * weight.asDiagonal() * b;
    return Eigen::JacobiSVD<Eigen::MatrixXd>(product).singularValues().tail(1)[0];
}

// With the values given, between random bases.
Eigen::MatrixXd matrix_with(const Eigen::VectorXd &values, int rows, int columns) {
    const auto basis = [&](int size) -> Eigen::MatrixXd {
        return Eigen::HouseholderQR<Eigen::MatrixXd>(Eigen::MatrixXd::Random(size, size)).householderQ();
    };
    return basis(rows).leftCols(values.size()) * values.asDiagonal() *
           basis(columns).leftCols(values.size()).transpose();
}

Alternation top(const Joint &joint, int features, int most_iterations = 5000) {
    AlternationOptions options;
    options.features = features;
    options.most_iterations = most_iterations;
    return alternate(joint, options);
}

}  // namespace

TEST_CASE("the features of B have mean 0, covariance 1 and the singular values as correlations",
          "[features]") {
    for (const int columns : {2, 6, 9}) {
        const Joint joint = random_joint(8, columns, 3);
        const Modes modes = modes_of(joint);
        const Matrix &f = modes.row_features, &g = modes.column_features;
        const Matrix identity = Matrix::Identity(modes.rank, modes.rank);
        REQUIRE(modes.rank == std::min(8, columns) - 1);
        CHECK(largest(f.transpose() * joint.rows) <= 1e-12);
        CHECK(largest(g.transpose() * joint.columns) <= 1e-12);
        CHECK(largest(f.transpose() * joint.rows.asDiagonal() * f - identity) <= 1e-12);
        CHECK(largest(g.transpose() * joint.columns.asDiagonal() * g - identity) <= 1e-12);
        const Matrix sigma = modes.correlations.head(modes.rank).asDiagonal();
        CHECK(largest(f.transpose() * joint.probability * g - sigma) <= 1e-12);
        CHECK(modes.correlations.maxCoeff() <= 1);
        CHECK(modes.correlations.tail(1)[0] <= 1e-12);
    }
}

TEST_CASE("singular values far apart, equal, or zero are found, of tall and of wide matrices", "[features]") {
    Eigen::VectorXd graded(20), tied(20), none = Eigen::VectorXd::Zero(20);
    for (int i = 0; i < 20; i++) {
        graded[i] = std::pow(10., -i / 2.);
        tied[i] = i < 7 ? 1 : i < 12 ? 1e-5 : 0;
    }
    for (const Eigen::VectorXd &values : {graded, tied, none}) {
        for (const int rows : {45, 20}) {
            const Eigen::MatrixXd matrix = matrix_with(values, rows, 65 - rows);
            const Decomposition found = decomposition_of(matrix);
            const auto rank = (values.array() > 1e-12).count();
            const Matrix left = found.left.leftCols(rank), right = found.right.leftCols(rank),
                         identity = Matrix::Identity(rank, rank);
            CAPTURE(rows, rank);
            CHECK(largest(found.values.head(20) - values) <= 1e-12);
            CHECK(largest(found.left * found.values.asDiagonal() * found.right.transpose() - matrix) <=
                  1e-11);
            CHECK(largest(left.transpose() * left - identity) <= 1e-12);
            CHECK(largest(right.transpose() * right - identity) <= 1e-12);
        }
    }
    CHECK(decomposition_of(Eigen::MatrixXd(0, 3)).values.size() == 0);
}

TEST_CASE("B has the roots of the marginals in its null spaces", "[features]") {
    const Joint joint = random_joint(13, 7, 5);
    const Matrix dependence = dependence_of(joint);
    CHECK(largest(dependence * joint.columns.cwiseSqrt()) <= 1e-14);
    CHECK(largest(joint.rows.cwiseSqrt().transpose() * dependence) <= 1e-14);
}

TEST_CASE("B1: alternating conditional expectations find the top singular subspace", "[features]") {
    for (const std::uint64_t seed : {1, 2, 3}) {
        const Joint joint = random_joint(8, 6, seed);
        const Modes modes = modes_of(joint);
        for (const int k : {1, 2, 3, 5}) {
            const Alternation found = top(joint, k);
            INFO("k = " << k << ", iterations " << found.iterations << ", residual " << found.residual);
            REQUIRE(found.converged);
            REQUIRE(found.features == k);
            CHECK(largest(found.correlations - modes.correlations.head(k)) <= 1e-10);
            CHECK(subspace_cosine(found.row_features, modes.row_features.leftCols(k), joint.rows) >=
                  1 - 1e-9);
            CHECK(subspace_cosine(found.column_features, modes.column_features.leftCols(k), joint.columns) >=
                  1 - 1e-9);
        }
    }
}

TEST_CASE("half the squares of the singular values are the information of weak dependence", "[features]") {
    for (const double epsilon : {0.01, 0.1}) {
        const Joint random = random_joint(8, 6, 2);
        const Matrix independent = random.rows * random.columns.transpose();
        const Joint weak =
            joint_of_table((1 - epsilon) * independent + epsilon * random.probability, "The table");
        const double ratio = largest_h_score(correlations_of(weak), 6) / mutual_information(weak);
        CHECK(ratio == Approx(1).margin(epsilon));
        CHECK(ratio != Approx(1).margin(epsilon / 1000));  // local: not exact
    }
}

TEST_CASE("more features than B has singular values are cut, an independent variable has none",
          "[features]") {
    const Joint joint = random_joint(8, 4, 1);
    CHECK(top(joint, 7).features == 3);
    const Vector px = joint.rows, py = joint.columns;
    const Alternation none = top(joint_of_table(px * py.transpose(), "The table"), 2);
    CHECK(none.features == 0);
    CHECK(none.converged);
    CHECK(correlations_of(joint_of_table(px * py.transpose(), "The table")).maxCoeff() <= 1e-14);
    REQUIRE_THROWS_WITH(top(joint, 0), Catch::Contains("expected 1 or more"));
}

TEST_CASE("a class that is a function of the variable has singular values of 1, and one subspace",
          "[features]") {
    Matrix table = Matrix::Zero(9, 3);
    for (int x = 0; x < 9; x++) {
        table(x, x % 3) = (1. + x) / 45;
    }
    const Joint joint = joint_of_table(table, "The table");
    const Modes modes = modes_of(joint);
    REQUIRE(modes.rank == 2);
    CHECK(largest(modes.correlations.head(2) - Vector::Ones(2)) <= 1e-12);
    // Vectors are not unique: projectors are compared.
    const Alternation found = top(joint, 2);
    REQUIRE(found.converged);
    const Matrix weighted = joint.rows.cwiseSqrt().asDiagonal() * modes.row_features,
                 other = joint.rows.cwiseSqrt().asDiagonal() * found.row_features;
    CHECK(largest(weighted * weighted.transpose() - other * other.transpose()) <= 1e-9);
}

TEST_CASE("close singular values are slow: the iterations are capped and the residual is told",
          "[features]") {
    // Two binary channels of nearly the same strength side by side.
    const auto channel = [](double correlation) {
        Matrix table(2, 2);
        table << 1 + correlation, 1 - correlation, 1 - correlation, 1 + correlation;
        return Matrix(table / 4);
    };
    Matrix both(4, 4);
    const Matrix a = channel(0.5), b = channel(0.4999);
    for (int row = 0; row < 4; row++) {
        for (int column = 0; column < 4; column++) {
            both(row, column) = a(row / 2, column / 2) * b(row % 2, column % 2);
        }
    }
    const Joint joint = joint_of_table(both, "The table");
    const Alternation found = top(joint, 1, 20);
    CHECK_FALSE(found.converged);
    CHECK(found.iterations == 20);
    CHECK(found.residual > 1e-12);
    CHECK(found.residual < 1e-3);
    CHECK(top(joint, 2, 200).converged);
}

TEST_CASE("B9: bins of a bivariate normal find its correlation, and shuffled labels a bias", "[features]") {
    constexpr int samples = 2000, bins = 16;
    std::mt19937 random(1);
    std::normal_distribution<double> normal;
    std::vector<double> x, y;
    for (int i = 0; i < samples; i++) {
        x.push_back(normal(random));
        y.push_back(0.7 * x.back() + std::sqrt(1 - 0.49) * normal(random));
    }
    const Codes a = equal_frequency_codes(x, bins), b = equal_frequency_codes(y, bins);
    const auto first = [&](const std::vector<int> &labels) {
        return correlations_of(joint_of_counts(joint_counts(a.code, bins, labels, bins), "The table"))[0];
    };
    CHECK(std::fabs(first(b.code) - 0.7) <= 0.03);
    std::vector<int> shuffled = b.code;
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    CHECK(first(shuffled) > 0.08);
    CHECK(first(shuffled) < 0.25);
}
