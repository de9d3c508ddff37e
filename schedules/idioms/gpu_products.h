// Sums of products of packed filters and rows on a GPU: each thread keeps a tile of sums in registers, and
// reads both factors four numbers at a time.
//
// Nothing was measured on a GPU. What was reasoned, and counted in the code of NVIDIA's assembler:
// - The wide tile, 8 outputs x 8 rows, reads 8 vectors of filters and 8 of its rows for 256 multiply-adds.
// sm_80 has
//   318 instructions in that loop, sm_90 353 (the rest are addresses, and moves that keep what the loop's
//   guard does not overwrite): 80 and 72 % of the slots are multiply-adds. sm_75 and sm_80 take 168
//   registers, sm_90 134; three blocks of 128 threads share a multiprocessor, and none spills.
// - A warp of 8 threads along the outputs x 4 along the rows touches 2 lines of 128 bytes per vector of
// filters and 4 per
//   vector of rows: 48 lines for 64 (sm_90) or 128 (sm_80) clocks of multiply-adds. More threads along the
//   outputs trade lines of rows for lines of filters. Scalar reads of rows would touch 144.
// - No shared memory: Halide cannot keep sums in registers beyond a barrier, and sums in shared memory would
// cost as
//   many accesses as a tile of 16 terms saves. A block's rows and filters are in the cache of its
//   multiprocessor, 12 bytes a clock come from the next one.
#pragma once

#include "generators/linear_evidence.h"
#include "schedules/idioms/register_tile.h"

#include <algorithm>
#include <vector>

namespace fsd {

// A thread's tile, panels x rows; the threads of a block, along the panels x along the rows; and how many
// vectors of terms a turn of the loop takes.
struct ProductTile {
    RegisterTile sums, threads;
    int vectors;
};

// Which tile is taken depends on the number of sums: wide ones read least, small ones give enough threads.
struct ProductTiles {
    ProductTile wide, middle, narrow;
    int wide_from, middle_from;  // number of sums

    int most(int RegisterTile::*extent) const {
        return std::max({wide.sums.*extent, middle.sums.*extent, narrow.sums.*extent});
    }
};

// The tiles as parameters of a schedule. wide_from is what gives each of some hundred multiprocessors 300
// threads with wide tiles. The narrow tile, one panel x one row, hides the latency of memory behind the 16
// terms that it reads at once; four of its threads are side by side, so that 10 outputs leave one idle.
inline std::vector<Parameter> product_parameters() {
    return {{"wide_tile", "2x8", {"2x4", "1x8", "4x4", "2x16"}},
            {"wide_threads", "8x16", {"8x8", "16x8", "16x16"}},
            {"wide_from", "2097152", {"524288", "1048576", "4194304"}},
            {"middle_tile", "1x4", {"1x2", "1x8", "2x4"}},
            {"middle_threads", "8x16", {"8x8", "16x8", "16x16"}},
            {"middle_vectors", "2", {"1", "4"}},
            {"middle_from", "262144", {"65536", "131072", "524288"}},
            {"narrow_threads", "4x32", {"4x16", "2x64", "8x16"}},
            {"narrow_vectors", "4", {"2", "8"}}};
}
inline ProductTiles product_tiles(const Parameters &chosen) {
    return {{register_tile(chosen.word("wide_tile")), register_tile(chosen.word("wide_threads")), 1},
            {register_tile(chosen.word("middle_tile")), register_tile(chosen.word("middle_threads")),
             chosen.number("middle_vectors")},
            {{1, 1}, register_tile(chosen.word("narrow_threads")), chosen.number("narrow_vectors")},
            chosen.number("wide_from"),
            chosen.number("middle_from")};
}

// The stages of the sums. A panel has four outputs on a GPU: the 16 bytes that a thread loads at once.
struct Product {
    Halide::Func sums, sum;  // output, row, ...; lane, panel, row, ...
    Halide::Func factor;     // what the rows of `sum` are multiplied by; its first axis: terms
    Panels filters;
    Halide::Var output, row;          // of `sums`
    std::vector<Halide::RVar> terms;  // innermost first
    Halide::Expr number;              // of sums
    // Rows of what `factor` reads, and of what is computed from the sums, begin at multiples of 16 bytes.
    // Code of its own tells Halide so, which reads scalars else.
    Halide::Expr aligned_reads, aligned_writes;
    // Vectors of terms and of outputs. Where rows or panels end within one, it is masked, which OpenCL's C
    // does not have.
    bool vectors;
};

// Calls visit(condition, tile) for each size of tiles, the last one without condition.
template<typename Visit>
void each_size(const Product &product, const ProductTiles &tiles, const Visit &visit) {
    visit(product.number >= tiles.wide_from, tiles.wide);
    visit(product.number >= tiles.middle_from, tiles.middle);
    visit(Halide::Expr(), tiles.narrow);
}

// The same, with aligned rows before all others: visit(condition, tile, whether to write vectors).
template<typename Visit>
void each_variant(const Product &product, const ProductTiles &tiles, const Visit &visit) {
    each_size(product, tiles, [&](const Halide::Expr &condition, const ProductTile &tile) {
        const bool is_narrow = !condition.defined();
        const Halide::Expr aligned =
            is_narrow ? product.aligned_reads : condition && product.aligned_reads && product.aligned_writes;
        if (product.vectors) {
            visit(aligned, tile, !is_narrow);
        }
        visit(condition, tile, false);
    });
}

inline Halide::Stage specialized(Halide::Stage stage, const Halide::Expr &condition) {
    return condition.defined() ? stage.specialize(condition) : stage;
}

// Covers the loops `output` and `row` of a stage with the tiles of threads; `others` are further loops.
// Returns the loop of a thread. The loops over its sums are unrolled: they are registers only at constant
// places.
inline Halide::Var threads_of_product(Halide::Stage stage, const Halide::Var &output, const Halide::Var &row,
                                      const std::vector<Halide::VarOrRVar> &others, const Product &product,
                                      const ProductTiles &tiles) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const int lanes = product.filters.lanes;
    const Halide::Var block("output_block"), thread("output_thread"), panel("panel"), lane("lane");
    const Halide::Var row_block("row_block"), row_thread("row_thread"), one("row_of_thread");
    std::vector<Halide::VarOrRVar> order{lane, panel, one, thread, row_thread, row_block, block};
    order.insert(order.end(), others.begin(), others.end());
    each_variant(product, tiles, [&](const Halide::Expr &condition, const ProductTile &tile, bool vectors) {
        Halide::Stage tiled = specialized(stage, condition);
        tiled.split(output, thread, panel, lanes * tile.sums.vectors, guard)
            .split(panel, panel, lane, lanes, guard)
            .split(thread, block, thread, tile.threads.vectors, guard)
            .split(row, row_thread, one, tile.sums.rows, guard)
            .split(row_thread, row_block, row_thread, tile.threads.rows, guard)
            .reorder(order)
            .unroll(panel)
            .unroll(one)
            .never_partition_all()
            .gpu_threads(thread, row_thread)
            .gpu_blocks(row_block, block);
        vectors ? tiled.vectorize(lane) : tiled.unroll(lane);
        for (const Halide::VarOrRVar &other : others) {
            tiled.gpu_blocks(other);
        }
    });
    return thread;
}

// Computes the sums of a thread at its loop.
inline void product_in_thread(Product product, const Halide::LoopLevel &thread, const ProductTiles &tiles) {
    using Halide::TailStrategy;
    const Panels &panels = product.filters;
    const Halide::Var tile("tile"), row_tile("row_tile"), panel("panel"), lane("lane_of_panel"), one("one");
    product.sums.compute_at(thread)
        .store_in(Halide::MemoryType::Stack)
        .bound_storage(product.output, panels.lanes * tiles.most(&RegisterTile::vectors))
        .bound_storage(product.row, tiles.most(&RegisterTile::rows));
    product.sum.compute_at(product.sums, tile)
        .store_in(Halide::MemoryType::Stack)
        .reorder(panels.lane, panels.panel, product.row)
        .vectorize(panels.lane)
        .unroll(panels.panel)
        .unroll(product.row);
    // A row's next four terms, in registers.
    const Halide::Var place = product.factor.args()[0], run("run");
    product.factor.compute_at(product.sum, product.row)
        .store_in(Halide::MemoryType::Stack)
        .bound_storage(place, panels.lanes)
        .split(place, run, place, panels.lanes, TailStrategy::GuardWithIf);
    product.vectors ? product.factor.vectorize(place) : product.factor.unroll(place);
    const Halide::RVar outer("terms_outer"), vector("terms_vector"), term("term_of_vector");
    std::vector<Halide::VarOrRVar> order{panels.lane, panels.panel, term, product.row, vector, outer};
    order.insert(order.end(), product.terms.begin() + 1, product.terms.end());
    each_size(product, tiles, [&](const Halide::Expr &condition, const ProductTile &shape) {
        specialized(product.sums, condition)
            .split(product.output, tile, panel, panels.lanes * shape.sums.vectors, TailStrategy::RoundUp)
            .split(panel, panel, lane, panels.lanes, TailStrategy::RoundUp)
            .split(product.row, row_tile, one, shape.sums.rows, TailStrategy::RoundUp)
            .reorder(lane, panel, one, tile, row_tile)
            .vectorize(lane)
            .unroll(panel)
            .unroll(one);
        specialized(product.sum.update(), condition)
            .split(product.terms.front(), outer, term, panels.lanes * shape.vectors,
                   TailStrategy::GuardWithIf)
            .split(term, vector, term, panels.lanes)
            .reorder(order)
            .vectorize(panels.lane)
            .unroll(panels.panel)
            .unroll(term)
            .unroll(product.row)
            .unroll(vector)
            .partition(outer, Halide::Partition::Always);
    });
}

// Computes `result` (output, row), an expression of the sums of `linear`, which observes the rows of
// `observed`.
template<typename Observed, typename Result>
void linear_products_on_gpu(Observed &observed, Result &result, const Halide::Var &output,
                            const Halide::Var &row, LinearEvidence &linear, const Halide::Target &target,
                            const ProductTiles &tiles) {
    const Halide::Expr outputs = linear.states * linear.groups;
    const Product product{linear.sums,
                          linear.sum,
                          observed.in(linear.sum),
                          linear.filters,
                          linear.output,
                          linear.sample,
                          {linear.term},
                          outputs * linear.samples,
                          observed.dim(1).stride() % 4 == 0,
                          outputs % 4 == 0 && result.dim(1).stride() % 4 == 0,
                          target.has_feature(Halide::Target::CUDA)};
    const Halide::Var thread = threads_of_product(result, output, row, {}, product, tiles);
    product_in_thread(product, Halide::LoopLevel(result, thread), tiles);
}

}  // namespace fsd
