// A whole network as one Halide pipeline with constant extents: the formulas; the schedules are in
// compiler/cpu_schedule.h and compiler/gpu_schedule.h.
#pragma once

#include "compiler/evidence_block.h"
#include "compiler/input_stage.h"
#include "compiler/rows_block.h"

#include <deque>

namespace fsd::compiler {

class NetworkStages {
public:
    // A valid model (load_model checks it) that can be compiled. For a GPU where `device_lanes` outputs are
    // summed side by side, for CPUs where it is 0.
    NetworkStages(const Model &model, InputNumbers input, int device_lanes = 0);

    // A valid quantized network (load_quantized checks it).
    NetworkStages(const QuantizedNetwork &network, const Products &products);

    // A linear part with the normalization behind it, or a normalization alone, and the pools up to the next
    // one. What is in front of all of these is a section with pools only. Functions of single numbers belong
    // to what they are behind of: they are computed where their results are read.
    struct Section {
        std::unique_ptr<EvidenceBlock> block;
        std::unique_ptr<RowsBlock> rows;
        std::deque<PoolStages> pools;
    };

    Halide::ImageParam image;  // color, x, y, sample
    NumberViews numbers;       // the packed layers, one behind the other
    std::vector<Section> sections;
    Halide::Func result{"result"};  // number, sample
    Halide::Var number{"number"}, sample{"sample"};
    int results = 0;  // for each sample

    // What `numbers` holds.
    std::vector<uint8_t> packed_numbers;

    // The pipeline's inputs. All of them but the first one are views of the numbers.
    std::vector<Halide::Argument> inputs() const;

private:
    // Makes the block of the layer `part`, whose numbers begin at the byte `place`.
    using MakeBlock = std::function<std::unique_ptr<EvidenceBlock>(
        const LayerPart &part, const StageKind *rows, const Map &input, int place)>;

    NetworkStages(const Model &description, InputNumbers input, Halide::Type integer, bool on_device);
    void define(const Model &description, Map map, const MakeBlock &make_block);
    std::size_t define_layers(const Model &description, std::size_t index, Map &map,
                              const MakeBlock &make_block);
    std::size_t define_block(const Model &description, std::size_t index, Map &map,
                             const MakeBlock &make_block);
    void define_element(const Model &description, std::size_t index, Map &map);
    void define_pool(const Model &description, std::size_t index, Map &map);
    void replace_last(const Map &map);
    int append(const void *numbers, std::size_t bytes);
    Halide::Expr channel_number(const std::vector<float> &list, const Halide::Expr &channel);

    bool on_device_;
};

}  // namespace fsd::compiler
