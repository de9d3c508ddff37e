// A layer of evidence and the normalization behind it, as stages of a compiled network.
#pragma once

#include "compiler/map.h"
#include "compiler/normalization.h"
#include "compiler/packed_layer.h"
#include "generators/window_evidence.h"

namespace fsd::compiler {

class EvidenceBlock {
public:
    // Layer `index` of the model, kld_conv or kld_linear, over `input`; the next layer normalizes it.
    // `numbers` holds the packed layer from `place` on.
    EvidenceBlock(const Model &model, std::size_t index, const Map &input, bool log_odds,
                  const Halide::ImageParam &numbers, int place);

    PackedLayer layer;
    WindowEvidence window;
    Normalization normalization;
    Map posterior;  // or what stands in for it, or its logarithm

    // Columns and rows of the input up to the last ones that a window holds.
    int input_width() const { return input_width_; }
    int input_height() const { return input_height_; }
    // True where each row of a window is a whole row of the map, and the window holds all rows.
    bool sees_whole_map() const { return whole_map_; }

private:
    void define_window(const Layer &description, std::size_t index, const Map &input);

    int input_width_ = 0;
    int input_height_ = 0;
    bool whole_map_ = false;
};

}  // namespace fsd::compiler
