// Newton's method on 1/shape (Minka, Estimating a Gamma distribution, 2002) from the start of Choi and Wette
// (Technometrics 11, 1969): one to three steps.
#include "toolkit/analysis/aggregation/gamma.h"

#include "runtime/error.h"
#include "toolkit/analysis/aggregation/digamma.h"
#include "toolkit/analysis/aggregation/incomplete_gamma.h"

#include <cmath>
#include <limits>

namespace fsd::analysis {
namespace {

constexpr int most_steps = 50;

bool is_positive(double number) {
    return number > 0 && std::isfinite(number);
}

}  // namespace

double Gamma::log_density(double x) const {
    if (x <= 0) {
        return -std::numeric_limits<double>::infinity();
    }
    return (shape - 1) * std::log(x) - x / scale - std::lgamma(shape) - shape * std::log(scale);
}

double Gamma::cumulative(double x) const {
    return incomplete_gamma(shape, x / scale);
}

Gamma gamma_of_moments(double mean, double variance) {
    if (!is_positive(mean) || !is_positive(variance)) {
        throw Error(ExitCode::bad_input,
                    text("A Gamma distribution needs a positive mean and variance; found ", mean, " and ",
                         variance, ". A constant is a point mass, and negative numbers want a normal one."));
    }
    return {mean * mean / variance, variance / mean};
}

Gamma gamma_of_logarithms(double mean, double mean_log) {
    const double excess = std::log(mean) - mean_log;
    if (!is_positive(mean) || !is_positive(excess)) {
        throw Error(
            ExitCode::bad_input,
            text("Maximum likelihood of a Gamma distribution needs positive numbers that differ; found the "
                 "mean ",
                 mean, " and the mean logarithm ", mean_log, "."));
    }
    double shape = (3 - excess + std::sqrt((excess - 3) * (excess - 3) + 24 * excess)) / (12 * excess);
    for (int step = 0; step < most_steps; step++) {
        const double residual = std::log(shape) - digamma(shape) - excess;
        const double inverse = 1 / shape + residual / (shape * shape * (1 / shape - trigamma(shape)));
        const double next = 1 / inverse;
        const bool done = !is_positive(next) || std::fabs(next - shape) <= 1e-13 * shape;
        shape = is_positive(next) ? next : shape;
        if (done) {
            break;
        }
    }
    return {shape, mean / shape};
}

}  // namespace fsd::analysis
