// A whole network as one Halide pipeline with constant extents: the formulas; the schedules are in
// compiler/cpu_schedule.h and compiler/gpu_schedule.h.
#pragma once

#include "compiler/entry_form.h"
#include "compiler/evidence_block.h"
#include "compiler/input_stage.h"
#include "compiler/judge_stages.h"
#include "compiler/pieces.h"
#include "compiler/rows_block.h"

#include <deque>

namespace fsd::compiler {

// What one of the C functions wants of the network.
struct NetworkForm {
    InputNumbers input = InputNumbers::bytes;
    EntryForm entry = EntryForm::plain;
    int device_lanes = 0;    // outputs that a GPU's thread sums side by side; 0: for CPUs
    bool by_sample = false;  // the pipeline takes one sample
};

class NetworkStages {
public:
    // A valid model (load_model checks it) that can be compiled; with a fit of its novelty to be judged, with
    // an input that may be unobserved to be masked. `packed` is what the functions before it take their
    // numbers from: what they hold is not held again. Of several pieces each takes one sample, and none is
    // judged or masked.
    NetworkStages(const Model &model, const NetworkForm &form, const Piece &piece,
                  std::vector<uint8_t> packed);

    // A valid quantized network (load_quantized checks it).
    NetworkStages(const QuantizedNetwork &network, const Products &products, const Piece &piece,
                  std::vector<uint8_t> packed);

    // A linear part with the normalization behind it, or a normalization alone, and the pools up to the next
    // one. What is in front of all of these is a section with pools only. Functions of single numbers belong
    // to what they are behind of: they are computed where their results are read.
    struct Section {
        std::unique_ptr<EvidenceBlock> block;
        std::unique_ptr<RowsBlock> rows;
        std::deque<PoolStages> pools;
        std::unique_ptr<LayerEvidence> evidence;  // of the normalization, where the network is judged
    };

    Halide::ImageParam image;  // color, x, y, sample; one sample where it is judged
    Halide::ImageParam mask;   // the same: 0 where it is unobserved; where it is masked
    NumberViews numbers;       // the packed layers, one behind the other
    std::vector<Section> sections;
    // number, sample; of a piece that others follow: channel, x, y, sample
    Halide::Func result{"result"};
    StageMap leaving;  // what the last layer gives
    Halide::Var number{"number"}, sample{"sample"};
    int results = 0;      // for each sample
    bool is_last = true;  // no other piece follows
    std::optional<JudgeStages> judge;

    // What `numbers` holds.
    std::vector<uint8_t> packed_numbers;

    // The pipeline's inputs: the image, the mask where there is one, then views of the numbers.
    std::vector<Halide::Argument> inputs() const;
    int views() const { return numbers.integers.defined() ? 2 : 1; }
    // The result, then novelty and p-value where it is judged.
    std::vector<Halide::Func> outputs() const;

private:
    // Makes the block of the layer `part`.
    using MakeBlock = std::function<std::unique_ptr<EvidenceBlock>(
        const LayerPart &part, const StageKind *rows, const StageMap &input)>;

    NetworkStages(const Model &description, InputNumbers input, Halide::Type integer, bool on_device,
                  const Piece &piece, std::vector<uint8_t> packed);
    StageMap entering_map();
    void define(const Model &description, StageMap map, const MakeBlock &make_block);
    std::size_t define_layers(const Model &description, std::size_t index, StageMap &map,
                              const MakeBlock &make_block);
    std::size_t define_block(const Model &description, std::size_t index, StageMap &map,
                             const MakeBlock &make_block);
    void define_element(const Model &description, std::size_t index, StageMap &map);
    void define_pool(const Model &description, std::size_t index, StageMap &map);
    void define_judge(const Novelty &fit);
    void bound_numbers();
    StageMap observed_part(const StageMap &map);
    void replace_last(const StageMap &map);
    int append(const void *numbers, std::size_t bytes);
    int append(const Tensor &numbers);
    PackNumbers pack();
    Halide::Expr channel_number(const std::vector<float> &list, const Halide::Expr &channel);

    bool on_device_;
    Piece piece_;
};

}  // namespace fsd::compiler
