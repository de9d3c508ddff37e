// Predictions of the divergence of a node's values in one class from those in all others, in nats, from
// moments.
#pragma once

#include "toolkit/analysis/aggregation/node_statistics.h"

#include <optional>
#include <vector>

namespace fsd::analysis {

// In order of rising accuracy.
enum class Predictor {
    normal,  // P1: normal from one normal distribution with the moments of all others, closed form
    gamma,   // P1g: the same with Gamma distributions, all shifted by the smallest mean - 6 deviations
    normal_mixture_bound,        // P2': upper bound of the next one, closed: -log sum share exp(-D(in ||
                                 // component))
    normal_mixture_independent,  // P2 with variances as if no two features went together
    normal_mixture,              // P2: normal from the mixture of the other classes' normal distributions
    pearson_mixture,             // P3: Pearson's type III with the skewness instead
};

constexpr Predictor all_predictors[] = {Predictor::normal,
                                        Predictor::gamma,
                                        Predictor::normal_mixture_bound,
                                        Predictor::normal_mixture_independent,
                                        Predictor::normal_mixture,
                                        Predictor::pearson_mixture};
constexpr std::size_t predictor_count = std::size(all_predictors);

const char *name_of(Predictor predictor);  // "normal", "gamma", "normal_mixture", ...

// A class and a node.
struct NodePair {
    int label = 0, node = 0;
};

// For each pair; nothing where the class has fewer than two samples, the others have none, or the node does
// not vary in the class. The mixtures' shares are those of the samples. A component narrower than the
// distance of the points of the quadrature (4,001 on +- 9 deviations) counts as that wide.
std::vector<std::optional<double>> predicted_divergences(Predictor predictor, const NodeStatistics &moments,
                                                         const std::vector<NodePair> &pairs);

}  // namespace fsd::analysis
