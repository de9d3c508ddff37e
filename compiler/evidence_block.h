// A layer with a linear part and the normalization behind it, as stages of a compiled network.
#pragma once

#include "compiler/integer_sums.h"
#include "compiler/packed_layer.h"
#include "generators/blocked_sum.h"
#include "generators/window_evidence.h"

#include <functional>
#include <optional>

namespace fsd::compiler {

// What a machine's schedule wants of the sums.
struct SumForm {
    int lanes = lanes_per_panel;  // of a sum, a divisor of lanes_per_panel
    // Defined for GPUs: as many samples are observed, each number written by a thread of its own. Where the
    // map has one site, samples behind the last one, which a tile of them may ask for, repeat it.
    Halide::Expr samples = {};
};

// Puts the numbers of a layer among those of the network; returns the byte where they begin.
using PackNumbers = std::function<int(const std::vector<uint8_t> &numbers)>;

class EvidenceBlock {
public:
    // The layer `part` over `input`; `rows` normalizes what it gives, nullptr: it stays as it is.
    EvidenceBlock(const LayerPart &part, const StageKind *rows, const StageMap &input,
                  const Halide::ImageParam &numbers, const PackNumbers &pack, const SumForm &form);

    // The k-th KLD layer of a quantized network, normalized by `rows`. `input` is either probabilities or
    // bytes.
    EvidenceBlock(const QuantizedNetwork &network, std::size_t k, const StageKind &rows,
                  const StageMap &input, const Products &products, const NumberViews &numbers,
                  const PackNumbers &pack);

    LayerExtents layer;
    LinearPart::Weights kind = LinearPart::Weights::shared;
    WindowEvidence window;
    std::optional<IntegerSums> integers;
    std::optional<BlockedSum> blocked;  // what the sums of very many terms are made of
    Normalization normalization;
    StageMap output;

    // Columns and rows of the input up to the last ones that a window holds.
    int input_width() const { return input_width_; }
    int input_height() const { return input_height_; }
    // True where each row of a window is a whole row of the map, and the window holds all rows.
    bool sees_whole_map() const { return whole_map_; }
    // Of a sum, innermost first.
    std::vector<Halide::RVar> terms() const;

private:
    void define_window(const Layer &description, const StageMap &input);
    void define_output();
    void observe_by_number(const StageMap &input, const Halide::Expr &samples);
    Bayes::Evidence evidence() const;

    int input_width_ = 0;
    int input_height_ = 0;
    bool whole_map_ = false;
};

// What a normalization gives, as a map of the input's extents; sites are counted row by row.
StageMap map_of(const Normalization &rows, const StageMap &extents);

}  // namespace fsd::compiler
