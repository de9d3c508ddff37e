// Products in blocks: the terms' parts one after the other, packed; for each part the rows of blocks in
// parallel.
#pragma once

#include "generators/blocked_product.h"

namespace fsd {

// Measured on an AMD EPYC (Zen 5, AVX-512): see docs/results.md.
inline void schedule_product(BlockedProduct &product, bool symmetric) {
    const Halide::Var &lane = product.lane, &vector = product.vector, &row = product.row;
    const int tiles = product.block_extent() / product.rows;
    product.total.compute_root()
        .bound(lane, 0, product.lanes)
        .bound(vector, 0, BlockedProduct::vectors)
        .bound(row, 0, product.rows)
        .bound(product.tile, 0, tiles)
        .vectorize(lane)
        .unroll(vector);
    product.total.update()
        .reorder(lane, vector, row, product.tile, product.column_block, product.row_block, product.chunks.x)
        .vectorize(lane)
        .unroll(vector)
        .unroll(row)
        .parallel(product.row_block);
    product.partial.compute_at(product.total, product.tile)
        .store_in(Halide::MemoryType::Stack)
        .reorder(lane, vector, row)
        .vectorize(lane)
        .unroll(vector)
        .unroll(row);
    product.partial.update()
        .reorder(lane, vector, row, product.terms.x)
        .vectorize(lane)
        .unroll(vector)
        .unroll(row);
    const auto pack = [&](Halide::Func &packed) {
        packed.compute_at(product.total, product.chunks.x)
            .bound_extent(product.place, product.block_extent())
            .reorder(product.place, product.block, product.term)
            .vectorize(product.place, product.lanes)
            .parallel(product.term, 16);
    };
    pack(product.left);
    if (!symmetric) {
        pack(product.right);
    }
}

}  // namespace fsd
