// A power series left of the mean, a continued fraction right of it (Abramowitz and Stegun 6.5.29, 6.5.31),
// and for large shapes, where both take long, the first term of Temme's uniform expansion (SIAM J. Math.
// Anal. 10, 1979).
#include "toolkit/analysis/aggregation/incomplete_gamma.h"

#include <cmath>

namespace fsd::analysis {
namespace {

constexpr double uniform_from = 1000, precision = 1e-15;
constexpr int most_terms = 10000;
constexpr double tiny = 1e-300;  // stands for 0 where it would be a divisor

double density_factor(double shape, double x) {
    return std::exp(shape * std::log(x) - x - std::lgamma(shape));
}

double series(double shape, double x) {
    double term = 1 / shape, sum = term;
    for (int n = 1; n < most_terms && term > precision * sum; n++) {
        term *= x / (shape + n);
        sum += term;
    }
    return sum * density_factor(shape, x);
}

double away_from_zero(double value) {
    return std::fabs(value) < tiny ? tiny : value;
}

// Of the part above x, by Lentz's method.
double continued_fraction(double shape, double x) {
    double b = x + 1 - shape, c = 1 / tiny, d = 1 / away_from_zero(b), product = d;
    for (int n = 1; n < most_terms; n++) {
        const double a = -n * (n - shape);
        b += 2;
        d = 1 / away_from_zero(a * d + b);
        c = away_from_zero(b + a / c);
        product *= c * d;
        if (std::fabs(c * d - 1) < precision) {
            break;
        }
    }
    return product * density_factor(shape, x);
}

// P = erfc(-eta sqrt(shape/2)) / 2 - exp(-shape eta^2 / 2) / sqrt(2 pi shape) * c0(eta) with eta^2/2 = m -
// log(1 + m) and x = shape (1 + m); c0 = 1/m - 1/eta, by its series where the two nearly cancel.
double uniform(double shape, double x) {
    const double m = x / shape - 1;
    const double half_square = m - std::log1p(m);
    const double eta = std::copysign(std::sqrt(2 * half_square), m);
    const double c0 =
        std::fabs(eta) < 0.05
            ? -1. / 3 + eta * (1. / 12 + eta * (-2. / 135 + eta * (1. / 864 + eta * (1. / 2835))))
            : 1 / m - 1 / eta;
    return 0.5 * std::erfc(-eta * std::sqrt(shape / 2)) -
           std::exp(-shape * half_square) / std::sqrt(2 * M_PI * shape) * c0;
}

}  // namespace

double incomplete_gamma(double shape, double x) {
    if (x <= 0) {
        return 0;
    }
    if (std::isinf(x)) {
        return 1;
    }
    if (shape > uniform_from) {
        return uniform(shape, x);
    }
    return x < shape + 1 ? series(shape, x) : 1 - continued_fraction(shape, x);
}

}  // namespace fsd::analysis
