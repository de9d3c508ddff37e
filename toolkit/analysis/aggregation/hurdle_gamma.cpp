// Fits of the parts, and their sum as a cumulative distribution.
#include "toolkit/analysis/aggregation/hurdle_gamma.h"

#include "runtime/error.h"

#include <cmath>

namespace fsd::analysis {
namespace {

constexpr double rounding = 1e-12;  // relative to the square of the mean

void check(double mean, double spread, double zero) {
    if (!(mean >= 0) || !std::isfinite(mean) || !(spread >= 0) || !std::isfinite(spread)) {
        throw Error(ExitCode::bad_input,
                    text("A hurdle Gamma distribution is for nonnegative numbers; found the mean ", mean,
                         " and the variance ", spread, ". Use the normal one."));
    }
    if (!(zero >= 0 && zero <= 1)) {
        throw Error(ExitCode::bad_input, text("The probability of 0 is from 0 to 1; found ", zero, "."));
    }
}

HurdleGamma all_zero() {
    HurdleGamma result;
    result.zero = 1;
    result.form = HurdleGamma::Form::none;
    return result;
}

HurdleGamma with_point(double zero, double location) {
    HurdleGamma result;
    result.zero = zero;
    result.form = HurdleGamma::Form::point;
    result.location = location;
    return result;
}

}  // namespace

double HurdleGamma::cumulative(double x) const {
    if (x < 0) {
        return 0;
    }
    const double part = form == Form::gamma                    ? positive.cumulative(x)
                        : form == Form::point && x >= location ? 1
                                                               : 0;
    return zero + (1 - zero) * part;
}

double HurdleGamma::cumulative_below(double x) const {
    if (x <= 0) {
        return 0;
    }
    return form == Form::point && x == location ? zero : cumulative(x);
}

HurdleGamma hurdle_gamma_of_moments(double mean, double variance, double zero) {
    check(mean, variance, zero);
    if (zero == 1 || mean == 0) {
        return all_zero();
    }
    const double m = mean / (1 - zero), v = (variance + mean * mean) / (1 - zero) - m * m;
    if (v <= rounding * m * m) {
        return with_point(zero, m);
    }
    HurdleGamma result;
    result.zero = zero;
    result.positive = gamma_of_moments(m, v);
    return result;
}

HurdleGamma hurdle_gamma_of_logarithms(double positive_mean, double positive_mean_log, double zero) {
    check(positive_mean, 0, zero);
    if (zero == 1 || positive_mean == 0) {
        return all_zero();
    }
    if (std::log(positive_mean) - positive_mean_log <= rounding) {
        return with_point(zero, positive_mean);
    }
    HurdleGamma result;
    result.zero = zero;
    result.positive = gamma_of_logarithms(positive_mean, positive_mean_log);
    return result;
}

}  // namespace fsd::analysis
