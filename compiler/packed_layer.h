// The numbers of a layer in float32 as a compiled network holds them.
#pragma once

#include "compiler/layer_extents.h"
#include "compiler/panel_reach.h"
#include "compiler/stage_kind.h"

#include <vector>

namespace fsd::compiler {

// A layer with a linear part where it stands.
struct LayerPart {
    const Model &model;
    std::size_t index = 0;
    std::size_t count = 1;  // of layers: it and the maps per channel behind it that it absorbs
    bool reads_success_probability = false;
    bool wants_evidence =
        false;  // of the normalization behind it: nothing is left out that is the same for all states
};

struct PackedLayer : LayerExtents {
    PanelReach reach;
    LinearPart::Weights kind = LinearPart::Weights::shared;
    int sites = 1;                // that have numbers of their own
    std::vector<float> filters;   // [site, panel, term, lane]: zeros where nothing is read
    std::vector<float> offsets;   // [site, panel, lane], zeros behind the last output
    std::optional<float> factor;  // of the sums, where there is one

    int terms() const { return window_x * window_y * reach.count(); }
};

// An attribute of the layer, or what a layer whose window is the whole map has in its place.
int attribute_or(const Layer &layer, const std::string &key, int standard);

// The numbers with which the network evaluates the layer over `input`; what it gives has the shape `output`
// [y, x, group, state].
PackedLayer packed_layer(const LayerPart &part, const StageMap &input, const Shape &output);

}  // namespace fsd::compiler
