// The aggregation layer of a network with the output nodes behind it, and what it gives for data.
#pragma once

#include "runtime/model.h"
#include "toolkit/analysis/aggregation/class_statistics.h"
#include "toolkit/analysis/aggregation/layers/aggregation_form.h"
#include "toolkit/analysis/aggregation/linear_nodes.h"
#include "toolkit/analysis/aggregation/pooled_set.h"
#include "toolkit/datasets/dataset.h"

#include <optional>

namespace fsd::analysis {

struct PooledNetwork {
    std::size_t pooling = 0;  // the layer's index
    AggregationForm form = AggregationForm::other;
    Shape map, pooled;  // y, x, group, state in front of it and behind it
    LinearNodes nodes;  // of the layer behind it; of a network that ends with it, the features themselves
    bool log_probabilities = false;  // it gives log-probabilities
    bool is_end = false;             // the network ends with it

    int width() const { return pooled[0] * pooled[1] * pooled[2] * pooled[3]; }
    int map_width() const { return map[0] * map[1] * map[2] * map[3]; }
    int channels() const { return map[2] * map[3]; }
};

// The last pooling that a linear layer follows, or that the network ends with. Throws Error(bad_input) where
// there is none.
PooledNetwork pooled_network(const Model &model);

struct PooledSamples {
    PooledSet set;
    // Of the maps in front, per class and location: features are [y, x, channel]. Only of averages.
    std::optional<ClassStatistics> locations;
    // The maps of the first samples (500 at most), float32 [sample, y, x, channel]. Only of maxima.
    std::optional<Tensor> maps;
};

// Runs the network on all samples, a thousand at a time, and keeps the features; where the network ends with
// log-probabilities, as log-odds. The data set's classes are the network's.
PooledSamples pooled_samples(const Model &model, const PooledNetwork &place, const Dataset &data);

}  // namespace fsd::analysis
