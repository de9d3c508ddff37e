// Keeps the blocks of a long sum in registers, as the sums of ordinary layers are.
#pragma once

#include "generators/blocked_sum.h"
#include "schedules/idioms/register_tile.h"

namespace fsd {

// Computes the sum at `loop` of `consumer`, whose tile has a constant size there. The totals, in float64, are
// read and written once for each block.
inline void sum_blocks(BlockedSum &sum, const Halide::Var &lane, const Halide::Var &vector,
                       const Halide::Var &row, const Halide::Func &consumer, const Halide::Var &loop,
                       int unrolled_terms = 1) {
    const Halide::RVar block = sum.blocks.x, row_of_terms = sum.blocks.y;
    sum_in_registers(sum.total, lane, vector, row, {block, row_of_terms}, consumer, loop);
    sum_in_registers(sum.block_sum, lane, vector, row, {sum.term}, sum.total, Halide::Var(block.name()),
                     unrolled_terms);
}

}  // namespace fsd
