// The regularized incomplete gamma function: the cumulative distribution of Gamma variables.
#pragma once

namespace fsd::analysis {

// P(shape, x) = 1/Gamma(shape) * integral of t^(shape-1) e^-t from 0 to x; 0 for x <= 0. shape > 0. Absolute
// error below 1e-12, above a shape of 1,000 below 1e-7.
double incomplete_gamma(double shape, double x);

}  // namespace fsd::analysis
