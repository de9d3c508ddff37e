// C. E. Clark, The greatest of a finite set of random variables, Operations Research 9 (1961).
#include "toolkit/analysis/moments/maximum.h"

#include <algorithm>
#include <cmath>

namespace fsd::analysis {
namespace {

double cdf(double x) {
    return 0.5 * std::erfc(-x * M_SQRT1_2);
}
double density(double x) {
    return std::exp(-0.5 * x * x) / std::sqrt(2 * M_PI);
}

// The maximum so far with its covariances.
struct Folded {
    double mean, variance;
    Vector with_inputs;   // [input unit]
    Vector with_outputs;  // [earlier maximum]
};

void fold(Folded &largest, const Moments &moments, int unit, const Matrix &cross, Eigen::Index outputs) {
    const ClarkMaximum both = clark_maximum(largest.mean, moments.mean[unit], largest.variance,
                                            moments.covariance(unit, unit), largest.with_inputs[unit]);
    largest.mean = both.mean;
    largest.variance = both.variance;
    largest.with_inputs =
        both.first * largest.with_inputs + (1 - both.first) * moments.covariance.row(unit).transpose();
    largest.with_outputs =
        both.first * largest.with_outputs + (1 - both.first) * cross.col(unit).head(outputs);
}

}  // namespace

ClarkMaximum clark_maximum(double mean1, double mean2, double variance1, double variance2,
                           double covariance) {
    const double spread = std::sqrt(std::max(0., variance1 + variance2 - 2 * covariance));
    if (spread <= 1e-12 * std::sqrt(std::max(variance1, variance2)) || spread == 0) {
        return mean1 >= mean2 ? ClarkMaximum{mean1, variance1, 1} : ClarkMaximum{mean2, variance2, 0};
    }
    // From the larger of the two on, so that nothing cancels: max = x + max(y - x, 0).
    const bool swapped = mean2 > mean1;
    const double low = swapped ? mean1 : mean2, high = swapped ? mean2 : mean1;
    const double low_variance = swapped ? variance1 : variance2,
                 high_variance = swapped ? variance2 : variance1;
    const double a = (high - low) / spread, share = cdf(a), rest = cdf(-a);
    const double excess = spread * (density(a) - a * rest);  // E max(y - x, 0)
    const double gap = high - low;
    const double second =
        high_variance * share + (gap * gap + low_variance) * rest - gap * spread * density(a);
    return {high + excess, std::max(0., second - excess * excess), swapped ? rest : share};
}

Moments maximum_moments(const Moments &moments, const std::vector<std::vector<int>> &windows) {
    const auto count = static_cast<Eigen::Index>(windows.size());
    Moments result{Vector(count), Matrix(count, count)};
    Matrix cross(count, moments.units());  // of each maximum with each input
    for (Eigen::Index output = 0; output < count; output++) {
        const std::vector<int> &window = windows[static_cast<std::size_t>(output)];
        const int first = window.front();
        Folded largest{moments.mean[first], moments.covariance(first, first),
                       moments.covariance.row(first).transpose(), cross.col(first).head(output)};
        std::for_each(window.begin() + 1, window.end(),
                      [&](int unit) { fold(largest, moments, unit, cross, output); });
        result.mean[output] = largest.mean;
        result.covariance(output, output) = largest.variance;
        result.covariance.row(output).head(output) = largest.with_outputs.transpose();
        result.covariance.col(output).head(output) = largest.with_outputs;
        cross.row(output) = largest.with_inputs.transpose();
    }
    return result;
}

}  // namespace fsd::analysis
