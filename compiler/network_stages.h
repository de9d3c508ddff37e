// A whole network as one Halide pipeline with constant extents: the formulas; the schedule is in
// compiler/cpu_schedule.h.
#pragma once

#include "compiler/evidence_block.h"
#include "compiler/pool_stages.h"

#include <deque>

namespace fsd::compiler {

class NetworkStages {
public:
    // A valid model (load_model checks it).
    explicit NetworkStages(const Model &model);

    // A layer of evidence with its normalization, and the pools up to the next one. Pools before the first
    // layer of evidence stand in front of all blocks.
    struct Section {
        std::unique_ptr<EvidenceBlock> block;  // null in front of the first one
        std::deque<PoolStages> pools;
    };

    Halide::ImageParam image;    // color, x, y, sample
    Halide::ImageParam numbers;  // the packed layers, one behind the other
    Halide::Func pixels;         // channel, x, y, sample: the probabilities that the first layer reads
    std::vector<Section> sections;
    Halide::Func log_posterior{"log_posterior"};  // state, sample
    Halide::Var state{"state"}, sample{"sample"};
    int classes = 0;

    // What `numbers` holds.
    std::vector<float> packed_numbers;

private:
    Map define_pixels(const Model &model, bool log_odds);
    void append_block(const Model &model, std::size_t index, const Map &input, bool log_odds);
};

}  // namespace fsd::compiler
