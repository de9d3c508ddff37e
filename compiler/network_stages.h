// A whole network as one Halide pipeline with constant extents: the formulas; the schedule is in
// compiler/cpu_schedule.h.
#pragma once

#include "compiler/evidence_block.h"
#include "compiler/pool_stages.h"

#include <deque>

namespace fsd::compiler {

class NetworkStages {
public:
    // A valid model (load_model checks it). For a GPU where `device_lanes` outputs are summed side by side,
    // for CPUs where it is 0.
    explicit NetworkStages(const Model &model, int device_lanes = 0);

    // A valid quantized network (load_quantized checks it).
    NetworkStages(const QuantizedNetwork &network, const Products &products);

    // A layer of evidence with its normalization, and the pools up to the next one. Pools before the first
    // layer of evidence stand in front of all blocks.
    struct Section {
        std::unique_ptr<EvidenceBlock> block;  // null in front of the first one
        std::deque<PoolStages> pools;
    };

    Halide::ImageParam image;  // color, x, y, sample
    NumberViews numbers;       // the packed layers, one behind the other
    Halide::Func pixels;  // channel, x, y, sample: the probabilities that the first layer reads, or bytes
    std::vector<Section> sections;
    Halide::Func log_posterior{"log_posterior"};  // state, sample
    Halide::Var state{"state"}, sample{"sample"};
    int classes = 0;

    // What `numbers` holds.
    std::vector<uint8_t> packed_numbers;

    // The pipeline's inputs. All of them but the first one are views of the numbers.
    std::vector<Halide::Argument> inputs() const;

private:
    // Makes the block of the KLD layer `index`, whose numbers begin at the byte `place`.
    using MakeBlock =
        std::function<std::unique_ptr<EvidenceBlock>(std::size_t index, const Map &input, int place)>;

    NetworkStages(const Model &description, Halide::Type integer);
    void define(const Model &description, Map map, const MakeBlock &make_block);
    Map define_probabilities(const Input &input, bool log_odds);
    Map define_bytes(const Input &input, bool log_odds);
    Map define_pixels(const Input &input, bool log_odds);
    Halide::Var channel_{"channel"}, x_{"x"}, y_{"y"};
};

}  // namespace fsd::compiler
