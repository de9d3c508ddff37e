// The divergence of a node's values in a class from those in all others: predicted and measured.
#pragma once

#include "toolkit/analysis/aggregation/measured_divergence.h"
#include "toolkit/analysis/aggregation/predicted_divergence.h"

#include <array>
#include <string>

namespace fsd::analysis {

struct NodeDivergence {
    NodePair pair;
    std::array<std::optional<double>, predictor_count> predicted;  // nats, in the order of all_predictors
    std::optional<double> measured;                                // nats
    // empty_class, single_sample, constant_node (in the class), constant_elsewhere (the others do not vary,
    // or have no samples), too_few_measured (11 of the class, 10 of the others), histogram (ties), saturated
    // (the true divergence is larger than the measured one), narrow_component (another class whose values
    // hardly vary there).
    std::vector<std::string> flags;
};

// How predictions go with what was measured, over pairs that have both.
struct Agreement {
    int pairs = 0;
    std::optional<double> pearson, spearman;
    std::optional<double>
        relative_error;  // the median of |predicted - measured| / measured, where measured > 0.01
    std::optional<double> difference;  // the median of |predicted - measured|, nats
};

// `moments` are of the samples that are fitted; `values` [sample, node] and `labels` of those that are
// measured.
std::vector<NodeDivergence> node_divergences(const NodeStatistics &moments, const Matrix &values,
                                             const std::vector<int> &labels,
                                             const std::vector<NodePair> &pairs);

Agreement agreement(const std::vector<NodeDivergence> &divergences, Predictor predictor);

}  // namespace fsd::analysis
