// Divergences of densities from mixtures, from tables of log-densities that the kernel mixture_divergence
// reads.
#pragma once

#include "toolkit/analysis/aggregation/predicted_divergence.h"

namespace fsd::analysis {

// The smallest variance that a component beside a distribution with `variance` has: that of the distance of
// the points.
double least_variance(double variance);

// D(in class || mixture of the other classes) at each pair's node, in nats: of normal distributions, or of
// Pearson's type III with the classes' skewness, softened (pearson3.h). `independent`: with
// variance_independent. Each pair's class has a variance above 0, and there are others. Tables of at most 32
// MB are held at a time.
std::vector<double> mixture_divergences(const NodeStatistics &moments, bool independent, bool skewed,
                                        const std::vector<NodePair> &pairs);

}  // namespace fsd::analysis
