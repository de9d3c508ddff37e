// Nodes as eigenvalues of tridiagonal matrices (Golub and Welsch); rotations from fixed seeds.
#include "toolkit/analysis/moments/quadrature.h"

#include <Eigen/Eigenvalues>
#include <Eigen/QR>

#include <algorithm>
#include <cmath>
#include <random>

namespace fsd::analysis {
namespace {

// From the recurrence of monic orthogonal polynomials, p_k+1 = (x - diagonal_k) p_k - (off_k-1)^2 p_k-1;
// `mass` is the integral of 1.
Rule rule_of(const Vector &diagonal, const Vector &off, double mass) {
    Eigen::SelfAdjointEigenSolver<Matrix> solver;
    if (diagonal.size() == 1) {
        return {diagonal, Vector::Constant(1, mass)};
    }
    solver.computeFromTridiagonal(diagonal, off);
    return {solver.eigenvalues(), mass * solver.eigenvectors().row(0).transpose().cwiseAbs2()};
}

// The orthogonal factor of a matrix of normal numbers.
Matrix rotation(int dimensions, std::mt19937_64 &random) {
    std::normal_distribution<double> normal;
    Matrix drawn(dimensions, dimensions);
    std::generate_n(drawn.data(), drawn.size(), [&] { return normal(random); });
    return Eigen::HouseholderQR<Matrix>(drawn).householderQ();
}

PointRule on_a_line(int count) {
    const Rule rule = gauss_hermite(count);
    return {rule.nodes, rule.weights};
}

}  // namespace

Rule gauss_legendre(int count) {
    Vector off(std::max(0, count - 1));
    for (int k = 1; k < count; k++) {
        off[k - 1] = k / std::sqrt(4. * k * k - 1);
    }
    return rule_of(Vector::Zero(count), off, 2);
}

Rule gauss_hermite(int count) {
    Vector off(std::max(0, count - 1));
    for (int k = 1; k < count; k++) {
        off[k - 1] = std::sqrt(k);
    }
    return rule_of(Vector::Zero(count), off, 1);
}

// r^2 / 2 has a gamma distribution: Gauss and Laguerre's generalized rule.
Rule radial_rule(int dimensions, int count) {
    const double alpha = dimensions / 2. - 1;
    Vector diagonal(count), off(std::max(0, count - 1));
    for (int k = 0; k < count; k++) {
        diagonal[k] = 2 * k + alpha + 1;
        if (k > 0) {
            off[k - 1] = std::sqrt(k * (k + alpha));
        }
    }
    Rule rule = rule_of(diagonal, off, 1);
    rule.nodes = (2 * rule.nodes).cwiseMax(0).cwiseSqrt();
    return rule;
}

PointRule spherical_rule(int dimensions, int most_points) {
    if (dimensions == 1) {
        return on_a_line(std::min(64, most_points));
    }
    constexpr int spheres = 4;
    const Rule radii = radial_rule(dimensions, spheres);
    const int per_rotation = 2 * dimensions * spheres, rotations = std::max(1, most_points / per_rotation);
    PointRule rule{Matrix(rotations * per_rotation, dimensions), Vector(rotations * per_rotation)};
    std::mt19937_64 random(1);
    Eigen::Index point = 0;
    for (int k = 0; k < rotations; k++) {
        const Matrix axes = rotation(dimensions, random);
        for (int sphere = 0; sphere < spheres; sphere++) {
            for (const double sign : {1., -1.}) {
                rule.points.middleRows(point, dimensions) = sign * radii.nodes[sphere] * axes;
                rule.weights.segment(point, dimensions)
                    .setConstant(radii.weights[sphere] / (2. * dimensions * rotations));
                point += dimensions;
            }
        }
    }
    return rule;
}

}  // namespace fsd::analysis
