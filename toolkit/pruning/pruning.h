// Which states a network loses: the least useful ones, layer by layer.
#pragma once

#include "toolkit/analysis/features/state_usefulness.h"
#include "toolkit/pruning/state_removal.h"

#include <string>
#include <vector>

namespace fsd {

struct PruningTarget {
    std::size_t layer = 0;
    int keep = 0;  // states of each group
};

struct PrunedLayer {
    analysis::LayerUsefulness usefulness;  // of all states, in the network as it was pruned before this layer
    KeptStates kept;
};

struct Pruning {
    Model model;
    std::vector<PrunedLayer> layers;  // in the network's order
};

// Which states of each group stay where `keep` of them do: those of the largest indicator information.
KeptStates most_useful(const analysis::LayerUsefulness &usefulness, int keep);

// From the front to the back, since what a layer's states tell depends on the states before it. Throws
// Error(usage) where a layer is named twice or has no more states than are to stay, Error(unsupported) where
// it cannot lose any.
Pruning pruned(const Model &model, std::vector<PruningTarget> targets, const Dataset &data,
               const std::string &device = "cpu");

}  // namespace fsd
