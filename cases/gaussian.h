// Moments for the cases of nonlinearities of Gaussian numbers: covariances, quadrature, the normal
// distribution.
#pragma once

#include "cases/case.h"

#include <algorithm>
#include <cmath>

namespace fsd::testing {

// Replaces the square tensor, drawn as A, by A A^T / n + diagonal, in which correlations of any size occur.
// Where there are several units the last but one is deterministic and the last one equals the first.
inline void make_covariance(Problem &problem, const std::string &name = "covariance") {
    Values &drawn = problem.tensors.at(name);
    const int n = drawn.shape[0];
    Values product({n, n});
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < n; k++) {
                product(i, j) += drawn(i, k) * drawn(j, k) / n;
            }
        }
    }
    for (int i = 0; n > 3 && i < n; i++) {
        product(n - 1, i) = product(i, n - 1) = product(0, i);
        product(n - 2, i) = product(i, n - 2) = 0;
    }
    if (n > 3) {
        product(n - 1, n - 1) = product(0, 0);
    }
    drawn = product;
}

// Gauss and Legendre's nodes and weights by Newton's method on the recurrence of the polynomials.
inline void make_nodes(Problem &problem) {
    Values &node = problem.tensors.at("node"), &weight = problem.tensors.at("node_weight");
    const int count = node.shape[0];
    for (int i = 0; i < count; i++) {
        double x = std::cos(M_PI * (i + 0.75) / (count + 0.5)), slope = 1;
        for (int iteration = 0; iteration < 20; iteration++) {
            double value = 1, before = 0;
            for (int k = 1; k <= count; k++) {
                const double older = before;
                before = value;
                value = ((2 * k - 1) * x * before - (k - 1) * older) / k;
            }
            slope = count * (x * value - before) / (x * x - 1);
            x -= value / slope;
        }
        node.data[i] = x;
        weight.data[i] = 2 / ((1 - x * x) * slope * slope);
    }
}

inline double normal_cdf(double x) {
    return 0.5 * std::erfc(-x / std::sqrt(2.));
}
inline double normal_density(double x) {
    return std::exp(-0.5 * x * x) / std::sqrt(2 * M_PI);
}

// sum over the nodes of weight(sin t) exp(-(a^2 - 2 a b sin t + b^2) / (2 cos^2 t)) for t from 0 to
// asin(rho).
template<typename Weight>
double correlation_integral(const Problem &problem, double a, double b, double rho, const Weight &weight) {
    const Values &node = problem["node"], &node_weight = problem["node_weight"];
    const double angle = std::asin(std::min(1., std::max(-1., rho)));
    double sum = 0;
    for (std::size_t k = 0; k < node.data.size(); k++) {
        const double t = angle * (node.data[k] + 1) / 2, cosine = std::cos(t);
        const double exponent = ((a - b) * (a - b) / 2 + a * b * (1 - std::sin(t))) / (cosine * cosine);
        sum += node_weight.data[k] * weight(std::sin(t)) * std::exp(-exponent);
    }
    return angle / 2 * sum;
}

// Shapes of n x n matrices that break vectors and blocks.
inline std::vector<Extents> square_shapes(const Extents &more = {}) {
    std::vector<Extents> shapes;
    for (const int units : {1, 2, 3, 5, 8, 17, 25}) {
        Extents extents = more;
        extents["unit"] = extents["other"] = units;
        shapes.push_back(extents);
    }
    return shapes;
}

}  // namespace fsd::testing
