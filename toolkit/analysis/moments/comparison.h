// How far predicted moments are from measured ones.
#pragma once

#include "toolkit/analysis/moments/moments.h"

#include <vector>

namespace fsd::analysis {

// Means and deviations: medians over the units whose measured deviation is above 0; 0 where there are none.
struct MomentError {
    double mean = 0;        // |predicted - measured| / measured deviation
    double deviation = 0;   // |predicted deviation / measured deviation - 1|
    double covariance = 0;  // |predicted - measured| / |measured|, Frobenius norms
    double divergence = 0;  // KL(N(measured) || N(predicted)) with a ridge, nats; NaN for more than 512 units
};

MomentError compare(const Moments &measured, const Moments &predicted);

// Each by itself; at least one.
MomentError median(const std::vector<MomentError> &errors);

}  // namespace fsd::analysis
