// What aggregation layers give: distributions of pooled features, and divergences of the output nodes behind
// them (arXiv 2107.04458; docs/analysis.md).
#pragma once

#include "toolkit/analysis/aggregation/channel_fit.h"
#include "toolkit/analysis/aggregation/node_divergence.h"

namespace fsd::analysis {

// What is analyzed.
struct AggregationInput {
    PooledSet fitted;    // that distributions are fitted to
    PooledSet measured;  // that they are compared with; may be the same samples
    int classes = 0;
    std::optional<LinearNodes> nodes;  // behind the features; without them, features alone are analyzed
    // Log-probabilities: fits are of log-odds, from normal distributions.
    bool log_probabilities = false;
    bool log_odds = false;  // the features are log-odds themselves: normal distributions only
};

struct ChannelSummary {
    int pairs = 0;                                     // of class and feature with both distances
    std::optional<double> gamma, normal, exponential;  // medians of the distances
    std::optional<double> gamma_wins;  // share of the pairs in which the Gamma is closer than the normal
};

struct AggregationAnalysis {
    int classes = 0, features = 0;
    int negative_features = 0;  // that are below 0 somewhere
    std::vector<ChannelFit> channels;
    ChannelSummary summary;
    // Of all classes at all nodes; where those are more than 400, of each class at its own node. Empty
    // without nodes.
    std::vector<NodeDivergence> divergences;
    // With as many nodes as classes: of each class the share of the measured samples whose largest node is
    // that of the class (nothing for a class without samples); else empty.
    std::vector<std::optional<double>> recall;

    // Each class at its own node, where there are as many nodes as classes.
    std::vector<NodeDivergence> own_divergences() const;
    // Correlation of a node's measured divergence with the recall of its class.
    std::optional<double> recall_correlation() const;
};

// Throws Error(bad_input) for features, labels or nodes that do not fit together or are not finite, and for
// more than 1,000 classes.
AggregationAnalysis analyze_aggregation(const AggregationInput &input);

}  // namespace fsd::analysis
