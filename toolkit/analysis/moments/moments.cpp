// Checks and mixtures of moments.
#include "toolkit/analysis/moments/moments.h"

#include "runtime/error.h"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>

namespace fsd::analysis {
namespace {

constexpr double symmetry = 1e-8, definiteness = 1e-8, deterministic = 1e-12;
constexpr Eigen::Index most_with_eigenvalues = 1024;

[[noreturn]] void refuse(const std::string &what, const std::string &sentence) {
    throw Error(ExitCode::bad_input, text(what, " ", sentence));
}

void check_numbers(const Moments &moments, const std::string &what) {
    const Eigen::Index n = moments.units();
    if (n == 0 || moments.covariance.rows() != n || moments.covariance.cols() != n) {
        refuse(what, text("must be a mean [n] and a covariance [n, n]; found [", n, "] and [",
                          moments.covariance.rows(), ", ", moments.covariance.cols(), "]."));
    }
    if (!moments.mean.allFinite() || !moments.covariance.allFinite()) {
        refuse(what, "hold a NaN or an infinity; every number must be finite.");
    }
}

void check_eigenvalues(const Matrix &covariance, const std::string &what) {
    const Eigen::SelfAdjointEigenSolver<Matrix> solver(covariance, Eigen::EigenvaluesOnly);
    const Vector values = solver.eigenvalues();
    const double least = values.minCoeff(), largest = std::max(0., values.maxCoeff());
    if (least < -definiteness * largest) {
        refuse(what,
               text("have a covariance that is not positive semidefinite: its eigenvalues go from ", least,
                    " to ", largest, ". Give the covariance of data, or project it first (--project)."));
    }
}

}  // namespace

Vector Moments::deviations() const {
    return covariance.diagonal().cwiseMax(0).cwiseSqrt();
}

void check(const Moments &moments, const std::string &what) {
    check_numbers(moments, what);
    const Matrix &covariance = moments.covariance;
    const double largest = covariance.cwiseAbs().maxCoeff();
    if ((covariance - covariance.transpose()).cwiseAbs().maxCoeff() > symmetry * largest) {
        refuse(what, "have a covariance that is not symmetric.");
    }
    if (covariance.diagonal().minCoeff() < 0) {
        refuse(what, text("have a negative variance: ", covariance.diagonal().minCoeff(), "."));
    }
    if (moments.units() <= most_with_eigenvalues) {
        check_eigenvalues(covariance, what);
        return;
    }
    const Vector deviations = moments.deviations();
    const Matrix bound = (1 + definiteness) * deviations * deviations.transpose();
    if ((covariance.cwiseAbs() - bound).maxCoeff() > definiteness * largest) {
        refuse(what, "have a correlation beyond 1.");
    }
}

Moments mixture(const std::vector<double> &weights, const std::vector<Moments> &components) {
    Moments result{Vector::Zero(components.at(0).units()),
                   Matrix::Zero(components[0].units(), components[0].units())};
    for (std::size_t k = 0; k < components.size(); k++) {
        result.mean += weights[k] * components[k].mean;
    }
    for (std::size_t k = 0; k < components.size(); k++) {
        const Vector apart = components[k].mean - result.mean;
        result.covariance += weights[k] * (components[k].covariance + apart * apart.transpose());
    }
    return result;
}

Moments without_covariances(const Moments &moments) {
    return {moments.mean, moments.covariance.diagonal().asDiagonal()};
}

double least_variance(const Moments &moments) {
    return deterministic * std::max(0., moments.covariance.diagonal().maxCoeff());
}

double expected_squared_error(const Moments &moments, const Vector &target) {
    return (moments.mean - target).squaredNorm() + moments.covariance.trace();
}

}  // namespace fsd::analysis
