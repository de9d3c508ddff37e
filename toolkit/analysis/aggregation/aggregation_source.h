// What an aggregation analysis takes, from a network and data or from a user's arrays.
#pragma once

#include "toolkit/analysis/aggregation/aggregation_analysis.h"
#include "toolkit/analysis/aggregation/locations.h"
#include "toolkit/datasets/dataset.h"

namespace fsd::analysis {

struct AggregationSource {
    AggregationInput input;
    std::vector<std::string> classes;
    bool same_samples = false;       // fitted and measured are the same
    std::vector<std::string> notes;  // sentences: where a formula does not apply, what was assumed

    // Of a network.
    std::optional<PooledNetwork> place;
    std::optional<SpatialVariance> spatial;   // of averages
    std::vector<double> effective_locations;  // of maxima, per feature
};

// Files of NumPy arrays; those that are empty are not given.
struct AggregationArrays {
    std::string features, labels;  // [sample, feature] of numbers, [sample] of integers
    std::string test_features,
        test_labels;           // the same for the samples that are measured; else those are the fitted ones
    std::string weight, bias;  // [feature, node], [node] (else 0)
};

// The last pooling of the network that a linear layer follows. `fitted` and `measured` have the model's
// classes; they may be one data set. Throws Error(bad_input) where the network has no such pooling or gives
// numbers.
AggregationSource aggregation_of_network(const Model &model, const Dataset &fitted, const Dataset &measured);

// Throws Error(bad_input) that names the file: what read_npy() refuses, other axes, a NaN or an infinity,
// labels that are no classes or not as many as samples.
AggregationSource aggregation_of_arrays(const AggregationArrays &files);

// Adds what the analysis found to the notes: where the Gamma does not apply, where divergences saturate.
void add_findings(AggregationSource &source, const AggregationAnalysis &analysis);

}  // namespace fsd::analysis
