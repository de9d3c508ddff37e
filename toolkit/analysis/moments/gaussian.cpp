// Eigenvalues and Cholesky factors by Eigen.
#include "toolkit/analysis/moments/gaussian.h"

#include "runtime/error.h"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <random>

namespace fsd::analysis {
namespace {

using Solver = Eigen::SelfAdjointEigenSolver<Matrix>;

Matrix with_eigenvalues(const Solver &solver, const Vector &values) {
    return solver.eigenvectors() * values.asDiagonal() * solver.eigenvectors().transpose();
}

// Positive definite, whatever it was.
Matrix with_ridge(const Matrix &covariance, double ridge) {
    Matrix result = covariance;
    result.diagonal().array() += ridge;
    if (Eigen::LLT<Matrix>(result).info() == Eigen::Success) {
        return result;
    }
    result = projected(covariance).matrix;
    result.diagonal().array() += ridge;
    return result;
}

// R with R R^T = covariance, which may be singular: by a pivoted factorization, in a thirtieth of an
// eigenvector's time.
Matrix root_of(const Matrix &covariance) {
    const Eigen::LDLT<Matrix> factor(covariance);
    const Matrix lower = factor.matrixL();
    const Matrix scaled = lower * factor.vectorD().cwiseMax(0).cwiseSqrt().asDiagonal();
    return factor.transpositionsP().transpose() * scaled;
}

double log_determinant(const Eigen::LLT<Matrix> &factor) {
    return 2 * factor.matrixLLT().diagonal().array().log().sum();
}

}  // namespace

Projection projected(const Matrix &matrix) {
    const Solver solver(matrix);
    const Vector values = solver.eigenvalues(), kept = values.cwiseMax(0);
    const double all = values.cwiseAbs().sum();
    if (values.minCoeff() >= 0) {
        return {matrix, 0};
    }
    const Matrix product = with_eigenvalues(solver, kept);
    return {(product + product.transpose()) / 2, all > 0 ? (kept - values).sum() / all : 0};
}

double kl_divergence(const Moments &p, const Moments &q, double ridge) {
    if (p.units() != q.units()) {
        throw Error(ExitCode::bad_input, text("A divergence needs as many units on both sides; found ",
                                              p.units(), " and ", q.units(), "."));
    }
    const auto n = static_cast<double>(p.units());
    double variance = p.covariance.trace() / n;
    if (variance <= 0) {
        variance = q.covariance.trace() / n;
    }
    if (variance <= 0) {
        variance = 1;
    }
    const Eigen::LLT<Matrix> first(with_ridge(p.covariance, ridge * variance));
    const Eigen::LLT<Matrix> second(with_ridge(q.covariance, ridge * variance));
    const Matrix lower = first.matrixL(), ratio = second.matrixL().solve(lower);
    const Vector apart = second.matrixL().solve(Vector(p.mean - q.mean));
    const double divergence = 0.5 * (ratio.squaredNorm() + apart.squaredNorm() - n + log_determinant(second) -
                                     log_determinant(first));
    return std::max(0., divergence);
}

Tensor gaussian_samples(const Moments &moments, int count, std::uint64_t seed) {
    const Matrix root = root_of(moments.covariance);
    const Eigen::Index units = moments.units();
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal;
    Tensor samples = make_tensor<float>({count, static_cast<int>(units)});
    auto *next = static_cast<float *>(samples.data());
    constexpr Eigen::Index batch = 1024;
    for (Eigen::Index first = 0; first < count; first += batch) {
        Matrix standard(std::min<Eigen::Index>(batch, count - first), units);
        std::generate_n(standard.data(), standard.size(), [&] { return normal(random); });
        const Matrix drawn = (standard * root.transpose()).rowwise() + moments.mean.transpose();
        next = std::transform(drawn.data(), drawn.data() + drawn.size(), next,
                              [](double value) { return static_cast<float>(value); });
    }
    return samples;
}

}  // namespace fsd::analysis
