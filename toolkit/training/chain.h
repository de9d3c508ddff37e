// The layers of a network as runs of neighbors that one kernel computes, forward and back.
#pragma once

#include "toolkit/training/layers/trainable_layer.h"

#include <memory>

namespace fsd {

using TrainableLayers = std::vector<std::unique_ptr<TrainableLayer>>;

// Layers first .. end - 1 and the op that does their work.
struct LayerRun {
    std::size_t first, end;
    std::string op;
};

// The kernel that computes most layers from each one on: its op is the layers' ops joined by '_', and no
// gradient reads what it skips.
std::vector<LayerRun> forward_runs(const TrainableLayers &layers, const Place &place);

// Back through the layers first .. end - 1, the last ones first. A layer with parameters is a run of its own,
// without op; neighbors without parameters share the kernel of their joined ops with "_backward" behind where
// there is one.
std::vector<LayerRun> backward_runs(const TrainableLayers &layers, std::size_t first, std::size_t end,
                                    const Place &place);

}  // namespace fsd
