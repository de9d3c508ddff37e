// Pearson's type III: a Gamma distribution shifted and mirrored to given mean, variance and skewness.
#pragma once

namespace fsd::analysis {

struct Pearson3 {
    double mean = 0, variance = 1;  // variance > 0
    double skewness = 0;  // 0: the normal distribution; between, density and logarithm are continuous in it

    // -infinity outside of the support, which ends at mean - 2 deviation / skewness.
    double log_density(double x) const;
};

// The largest skewness that fits to data keep: beyond, the density ends at the mode with a step or a pole.
constexpr double most_skewness = 1.5;

// 98 % of the distribution with its skewness clipped to most_skewness, 2 % of a normal one with the same mean
// and three times its variance, so that no support ends: divergences between such mixtures are finite.
double softened_log_density(const Pearson3 &distribution, double x);

}  // namespace fsd::analysis
