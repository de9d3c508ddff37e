// With z = (x - mean)/deviation, h = skewness/2 and a = 1/h^2 the logarithm of the density of z is
//     -log(2 pi)/2 - s(a) + a (log(1 + h z) - h z) - log(1 + h z),
// where s(a) = log Gamma(a) - (a - 1/2) log a + a - log(2 pi)/2 is Stirling's remainder: nothing large
// cancels as h goes to 0, where -log(2 pi)/2 - z^2/2 is left.
#include "toolkit/analysis/aggregation/pearson3.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fsd::analysis {
namespace {

constexpr double broad_share = 0.02, broad_factor = 3;
constexpr double no_skewness = 1e-7;
const double half_log_two_pi = 0.5 * std::log(2 * M_PI);

double stirling_remainder(double a) {
    if (a > 20) {
        const double r = 1 / (a * a);
        return (1. / 12 - r * (1. / 360 - r * (1. / 1260 - r / 1680))) / a;
    }
    return std::lgamma(a) - (a - 0.5) * std::log(a) + a - half_log_two_pi;
}

double standard_log_density(double z, double skewness) {
    if (std::fabs(skewness) < no_skewness) {
        return -half_log_two_pi - 0.5 * z * z;
    }
    const double h = skewness / 2, a = 1 / (h * h), u = h * z;
    if (u <= -1) {
        return -std::numeric_limits<double>::infinity();
    }
    const double logarithm = std::log1p(u);
    return -half_log_two_pi - stirling_remainder(a) + a * (logarithm - u) - logarithm;
}

double scaled_log_density(double x, double mean, double variance, double skewness) {
    return standard_log_density((x - mean) / std::sqrt(variance), skewness) - 0.5 * std::log(variance);
}

}  // namespace

double Pearson3::log_density(double x) const {
    return scaled_log_density(x, mean, variance, skewness);
}

double softened_log_density(const Pearson3 &distribution, double x) {
    const double skewness = std::clamp(distribution.skewness, -most_skewness, most_skewness);
    const double sharp =
        std::log1p(-broad_share) + scaled_log_density(x, distribution.mean, distribution.variance, skewness);
    const double broad = std::log(broad_share) +
                         scaled_log_density(x, distribution.mean, broad_factor * distribution.variance, 0);
    const double peak = std::max(sharp, broad);
    return peak + std::log(std::exp(sharp - peak) + std::exp(broad - peak));
}

}  // namespace fsd::analysis
