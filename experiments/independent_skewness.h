// What does not work: the skewness of output nodes from independent Gamma features.
#pragma once

#include "toolkit/analysis/aggregation/aggregation_analysis.h"

namespace fsd::experiments {

// The correlation, over all classes and nodes, of the measured skewness with that of a sum of independent
// Gamma features with the features' means M and variances V, whose third cumulants are 2 V^2 / M: sum w^3 2
// V^2 / M over the node's variance to the power 3/2.
std::optional<double> independent_skewness_correlation(const analysis::AggregationInput &input);

}  // namespace fsd::experiments
