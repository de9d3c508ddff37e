// Nonnegative numbers with exact zeros: zero with a probability of its own, else Gamma.
#pragma once

#include "toolkit/analysis/aggregation/gamma.h"

namespace fsd::analysis {

struct HurdleGamma {
    // What the positive part is where it is no Gamma distribution.
    enum class Form {
        gamma,  // as `positive` says
        point,  // all of it at `location`: it does not vary
        none,   // nothing: every number is 0
    };

    double zero = 0;  // P(0), from 0 to 1
    Gamma positive;
    Form form = Form::gamma;
    double location = 0;  // of the point

    double cumulative(double x) const;        // P(X <= x)
    double cumulative_below(double x) const;  // P(X < x)
};

// From mean, variance and the probability of 0 of all numbers: the positive part has the mean m = mean/(1 -
// zero) and the variance (variance + mean^2)/(1 - zero) - m^2. Where that is no more than rounding leaves
// (1e-12 m^2) it is a point. Throws Error(bad_input) for a negative or not finite mean or variance and `zero`
// outside [0, 1].
HurdleGamma hurdle_gamma_of_moments(double mean, double variance, double zero);

// The same with the positive part by maximum likelihood: mean and mean logarithm of the positive numbers.
HurdleGamma hurdle_gamma_of_logarithms(double positive_mean, double positive_mean_log, double zero);

}  // namespace fsd::analysis
