// How a CPU normalizes the rows of a compiled network, and sums their evidence.
#pragma once

#include "compiler/judge_stages.h"

namespace fsd::compiler {

// A vector of channels at a time, where there are some.
void vectorize_channels(Halide::Stage stage, const Halide::VarOrRVar &channel, int channels);

// Computes a reduction of rows at `loop`, `rows` of them at a time.
void reduce_rows(RowReduction &reduction, const Halide::Var &site, const Halide::LoopLevel &loop, int rows);

// Computes the stages of the normalization at `loop` for strips of `sites` sites.
void normalize_rows(Normalization &normalization, const Halide::LoopLevel &loop, int sites, int states);

// Sums their evidence there, and the layer's behind all loops.
void sum_of_rows(LayerEvidence &evidence, const Halide::LoopLevel &loop, int sites);

}  // namespace fsd::compiler
