// The maximum over locations: as over how many independent ones?
#pragma once

#include <vector>

namespace fsd::analysis {

// If F is the distribution of a single number and L independent ones are taken, their maximum has F^L. Of
// correlated ones L is smaller, the effective number: its maximum-likelihood estimate from maxima is -1 /
// mean log F(maximum). `cumulative`: F of each maximum, from 0 to 1; those of 0 (below all single numbers
// seen) count as 1e-12. Returns +infinity where all are 1. Throws Error(bad_input) for an empty list or
// values outside. The fit is poor where locations are correlated (Kolmogorov-Smirnov .05 to .16 for moving
// averages), so that a hurdle Gamma fit of the maximum is what to report beside it.
double effective_number(const std::vector<double> &cumulative);

}  // namespace fsd::analysis
