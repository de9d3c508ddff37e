// The numbers of a layer in float32 as a compiled network holds them.
#pragma once

#include "compiler/layer_extents.h"
#include "runtime/model.h"

#include <vector>

namespace fsd::compiler {

struct PackedLayer : LayerExtents {
    std::vector<float> filters;    // [panel, term, lane]: log q, zeros behind the last output
    std::vector<float> log_prior;  // [panel, lane], zeros behind the last output
    float observations = 1;

    std::size_t place(int term, int output) const {
        return (static_cast<std::size_t>(output / lanes_per_panel) * terms() + term) * lanes_per_panel +
               output % lanes_per_panel;
    }
};

// The parameters of layer `index` with which the network evaluates it (runtime/layers/kld_parameters.h).
PackedLayer packed_layer(const Model &model, std::size_t index, bool log_odds);

}  // namespace fsd::compiler
