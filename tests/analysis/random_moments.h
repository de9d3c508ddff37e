// Moments drawn at random, and a normal distribution of two numbers that owes nothing to the kernels.
#pragma once

#include "toolkit/analysis/moments/moments.h"

#include <random>

namespace fsd::testing {

// Means of spread `means`, a covariance of a product of normal numbers plus `ridge`.
analysis::Moments random_moments(int units, unsigned seed, double means = 1, double ridge = 0.1);

double normal_cdf(double x);
double normal_density(double x);

// P(x < a, y < b) of two standard normal numbers with correlation rho, |rho| < 1, by Simpson's rule within
// 1e-10.
double bivariate_cdf(double a, double b, double rho);

// E max(z_i, 0) max(z_j, 0) in closed form.
double relu_product(const analysis::Moments &moments, int i, int j);

}  // namespace fsd::testing
