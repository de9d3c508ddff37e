// How the integer sums of a compiled network run on a CPU.
#pragma once

#include "compiler/evidence_block.h"

namespace fsd::compiler {

// Of a register tile of sums of pairs. Weights that become two vectors each, and products that are added by
// an instruction of their own, need registers, too. Measured on Zen 5: with 16 registers 6 accumulators take
// 0.8 to 0.9 of the time of 8, with 32 registers 24 take 0.8 of the time of 16.
int most_accumulators_of_pairs(int registers);

// Sums a register tile of the block's evidence, which is computed at `tile`, in exact dot products. What it
// reads is computed at `sample`.
void sum_integers(EvidenceBlock &block, const Halide::Var &tile, const Halide::LoopLevel &sample);

}  // namespace fsd::compiler
