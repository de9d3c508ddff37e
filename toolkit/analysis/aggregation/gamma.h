// Gamma distributions: fits by moments and by maximum likelihood, density, cumulative distribution.
#pragma once

namespace fsd::analysis {

// Density x^(shape-1) e^(-x/scale) / (Gamma(shape) scale^shape) for x > 0.
struct Gamma {
    double shape = 1, scale = 1;  // both > 0

    double mean() const { return shape * scale; }
    double variance() const { return shape * scale * scale; }
    double log_density(double x) const;  // -infinity for x <= 0
    double cumulative(double x) const;
};

// shape = mean^2/variance, scale = variance/mean. Throws Error(bad_input) unless both are positive and
// finite.
Gamma gamma_of_moments(double mean, double variance);

// Maximum likelihood from the mean and the mean logarithm of positive numbers: the shape a solves log a -
// psi(a) = log mean - mean_log, to 1e-12. Better than moments below a shape of about 2 (at 500 numbers of
// shape 0.3 the shape's deviation is 5 % instead of 12 %). Throws Error(bad_input) unless mean_log < log
// mean, which holds for numbers that are not all equal.
Gamma gamma_of_logarithms(double mean, double mean_log);

}  // namespace fsd::analysis
