// The first two derivatives of log Gamma.
#pragma once

namespace fsd::analysis {

// psi(x) and psi'(x) for x > 0, to about 1e-14 of max(1, |result|); NaN for other x.
double digamma(double x);
double trigamma(double x);

}  // namespace fsd::analysis
