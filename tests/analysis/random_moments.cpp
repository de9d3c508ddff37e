// Draws and integrates in plain loops.
#include "tests/analysis/random_moments.h"

#include <algorithm>
#include <cmath>

namespace fsd::testing {

using analysis::Matrix;
using analysis::Moments;
using analysis::Vector;

Moments random_moments(int units, unsigned seed, double means, double ridge) {
    std::mt19937 random(seed);
    std::normal_distribution<double> normal;
    Moments moments{Vector(units), Matrix(units, units)};
    Matrix drawn(units, units);
    std::generate_n(drawn.data(), drawn.size(), [&] { return normal(random); });
    std::generate_n(moments.mean.data(), units, [&] { return means * normal(random); });
    moments.covariance = drawn * drawn.transpose() / units;
    moments.covariance.diagonal().array() += ridge;
    return moments;
}

double normal_cdf(double x) {
    return 0.5 * std::erfc(-x / std::sqrt(2.));
}

double normal_density(double x) {
    return std::exp(-0.5 * x * x) / std::sqrt(2 * M_PI);
}

// int_-9^a phi(x) Phi((b - rho x) / q) dx.
double bivariate_cdf(double a, double b, double rho) {
    const double q = std::sqrt(1 - rho * rho), low = -9, high = std::min(a, 9.);
    constexpr int pieces = 40000;
    const double step = (high - low) / pieces;
    double sum = 0;
    for (int i = 0; i <= pieces && high > low; i++) {
        const double x = low + i * step;
        const double weight = i == 0 || i == pieces ? 1 : i % 2 ? 4 : 2;
        sum += weight * normal_density(x) * normal_cdf((b - rho * x) / q);
    }
    return std::max(0., sum * step / 3);
}

double relu_product(const Moments &moments, int i, int j) {
    const double m = moments.mean[i], n = moments.mean[j], c = moments.covariance(i, j);
    const double s = std::sqrt(moments.covariance(i, i)), t = std::sqrt(moments.covariance(j, j));
    const double a = m / s, b = n / t, rho = c / (s * t), q = std::sqrt(1 - rho * rho);
    const double joint = std::exp(-(a * a - 2 * rho * a * b + b * b) / (2 * q * q)) / (2 * M_PI * q);
    return (m * n + c) * bivariate_cdf(a, b, rho) +
           m * t * normal_density(b) * normal_cdf((a - rho * b) / q) +
           n * s * normal_density(a) * normal_cdf((b - rho * a) / q) + s * t * q * q * joint;
}

}  // namespace fsd::testing
