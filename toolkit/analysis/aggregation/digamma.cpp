// The recurrences psi(x) = psi(x + 1) - 1/x and psi'(x) = psi'(x + 1) + 1/x^2 up to x >= 10, then Stirling's
// series (Abramowitz and Stegun 6.3.18 and 6.4.12).
#include "toolkit/analysis/aggregation/digamma.h"

#include <cmath>
#include <limits>

namespace fsd::analysis {
namespace {

constexpr double asymptotic_from = 10;

}  // namespace

double digamma(double x) {
    if (!(x > 0)) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    double below = 0;
    for (; x < asymptotic_from; x += 1) {
        below -= 1 / x;
    }
    const double r = 1 / (x * x);
    const double series =
        r * (1. / 12 - r * (1. / 120 - r * (1. / 252 - r * (1. / 240 - r * (1. / 132 - r * 691. / 32760)))));
    return below + std::log(x) - 0.5 / x - series;
}

double trigamma(double x) {
    if (!(x > 0)) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    double below = 0;
    for (; x < asymptotic_from; x += 1) {
        below += 1 / (x * x);
    }
    const double r = 1 / (x * x);
    const double series =
        r * (1. / 6 - r * (1. / 30 - r * (1. / 42 - r * (1. / 30 - r * (5. / 66 - r * 691. / 2730)))));
    return below + (1 + 0.5 / x + series) / x;
}

}  // namespace fsd::analysis
