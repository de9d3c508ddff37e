// Sums of products of packed filters and rows on a GPU: each thread keeps a tile of sums in registers, and
// reads both factors four numbers at a time.
//
// Nothing was measured on a GPU. What was reasoned, and counted in the code of NVIDIA's assembler:
// - The wide tile, 8 outputs x 8 rows, reads 8 vectors of filters and 8 of its rows for 256 multiply-adds: of
//   320 instructions in that loop (sm_80, sm_90; the rest are addresses and moves), 80 %. 160 to 167
//   registers a thread, none spilled; three blocks of 128 threads share a multiprocessor.
// - A warp of 8 threads along the outputs x 4 along the rows touches 2 lines of 128 bytes per vector of
//   filters and 4 per vector of rows: 48 lines for 64 (sm_90) or 128 (sm_80) clocks of multiply-adds. More
//   threads along the outputs trade lines of rows for lines of filters. Scalar reads would touch 144.
// - No shared memory: Halide cannot keep sums in registers beyond a barrier, and sums in shared memory would
//   cost as many accesses as a tile of 16 terms saves. A block's rows and filters are in the cache of its
//   multiprocessor, 12 bytes a clock come from the next one.
#pragma once

#include "generators/linear_evidence.h"
#include "generators/window_evidence.h"
#include "schedules/idioms/gpu_product_tiles.h"
#include "schedules/idioms/gpu_tiles.h"
#include "schedules/idioms/read_instead.h"

#include <string>
#include <vector>

namespace fsd {

// The stages of the sums. A panel has four outputs on a GPU: the 16 bytes that a thread loads at once.
struct Product {
    Halide::Func sums, sum;  // output, row, ...; lane, panel, row, ...
    std::string read;        // what the rows of `sum` read
    bool has_more;           // there are numbers to read behind the last term
    Panels filters;
    Halide::Var output, row;          // of `sums`
    std::vector<Halide::RVar> terms;  // innermost first
    Halide::Expr number;              // of sums
    // Rows of what the rows read, and of what is computed from the sums, begin at multiples of 16 bytes.
    // Code of its own tells Halide so, which reads scalars else.
    Halide::Expr aligned_reads, aligned_writes;
    // Vectors of terms and of outputs. Where rows or panels end within one, it is masked, which OpenCL's C
    // does not have.
    bool vectors;
};

// True where the terms of a row fill turns of the loop over them: vectors that began behind the last term
// would be read from behind the row, where the last one may have no memory.
inline Halide::Expr ends_with_a_turn(const Halide::Expr &terms, const ProductTiles &tiles) {
    constexpr int lanes = 4;
    return terms % (lanes * tiles.most_vectors()) == 0;
}

// Calls visit(condition, tile) for each size of tiles, the last one without condition.
template<typename Visit>
void each_size(const Product &product, const ProductTiles &tiles, const Visit &visit) {
    visit(product.number >= tiles.wide_from, tiles.wide);
    visit(product.number >= tiles.middle_from, tiles.middle);
    visit(Halide::Expr(), tiles.narrow);
}

inline Halide::Stage specialized(Halide::Stage stage, const Halide::Expr &condition) {
    return condition.defined() ? stage.specialize(condition) : stage;
}

// The same with code of its own for aligned reads, and for aligned writes of wide tiles: visit(stage, tile,
// whether to write vectors).
template<typename Visit>
void each_variant(Halide::Stage stage, const Product &product, const ProductTiles &tiles,
                  const Visit &visit) {
    const bool is_aligned = product.vectors && !product.aligned_writes.defined();
    const auto each = [&](Halide::Stage any, bool has_aligned_writes) {
        if (has_aligned_writes) {
            visit(any.specialize(product.number >= tiles.wide_from && product.aligned_writes), tiles.wide,
                  true);
        }
        each_size(product, tiles, [&](const Halide::Expr &condition, const ProductTile &tile) {
            visit(specialized(any, condition), tile, is_aligned);
        });
    };
    if (product.vectors) {
        each(stage.specialize(product.aligned_reads), !is_aligned);
    }
    each(stage, false);
}

// What the rows read, as a Func (terms, row, ...).
inline Halide::Func runs_of_terms(const Product &product, Halide::Expr read) {
    std::vector<Halide::Var> axes;
    for (const Halide::RVar &term : product.terms) {
        const Halide::Var axis("place" + std::to_string(axes.size()));
        const Halide::Expr inside = Halide::unsafe_promise_clamped(axis, 0, term.extent() - 1);
        read =
            Halide::Internal::substitute(term.name(), product.has_more ? Halide::Expr(axis) : inside, read);
        axes.push_back(axis);
    }
    const std::vector<Halide::Var> others = product.sum.args();
    axes.insert(axes.end(), others.begin() + 2, others.end());
    Halide::Func runs("runs");
    runs(axes) = read;
    return runs;
}

// Lets an update of the sum read a row's next four terms at once, into registers.
inline void read_runs(Halide::Internal::Definition &update, const Product &product) {
    // Else the place that is read may be named outside of what is replaced.
    for (Halide::Expr &value : update.values()) {
        value = Halide::Internal::substitute_in_all_lets(value);
    }
    const auto replacement = [&product](const Halide::Expr &read, const std::vector<Halide::Expr> &) {
        Halide::Func runs = runs_of_terms(product, read);
        const std::vector<Halide::Var> axes = runs.args();
        runs.compute_at(product.sum, product.row)
            .store_in(Halide::MemoryType::Stack)
            .bound_extent(axes.front(), product.filters.lanes)
            .vectorize(axes.front());
        for (std::size_t axis = 1; axis < axes.size(); axis++) {
            runs.bound_extent(axes[axis], 1);
        }
        std::vector<Halide::Expr> place(product.terms.begin(), product.terms.end());
        place.insert(place.end(), axes.begin() + static_cast<std::ptrdiff_t>(place.size()), axes.end());
        return static_cast<Halide::Expr>(runs(place));
    };
    ReadInstead mutator(product.read, replacement);
    update.mutate(&mutator);
}

// Covers the loops `output` and `row` of a stage with the tiles of threads; `others` are further loops, the
// innermost ones over blocks: of these a device takes any number, of others 65,535. Returns the loop of a
// thread. The loops over its sums are unrolled: they are registers only at constant places.
inline Halide::Var threads_of_product(Halide::Stage stage, const Halide::Var &output, const Halide::Var &row,
                                      const std::vector<Halide::VarOrRVar> &others, const Product &product,
                                      const ProductTiles &tiles) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const auto tail = product.aligned_writes.defined() ? guard : Halide::TailStrategy::RoundUp;
    const int lanes = product.filters.lanes;
    const Halide::Var block("output_block"), thread("output_thread"), panel("panel"), lane("lane");
    const Halide::Var row_block("row_block"), row_thread("row_thread"), one("row_of_thread");
    std::vector<Halide::VarOrRVar> order{lane, panel, one, thread, row_thread};
    order.insert(order.end(), others.begin(), others.end());
    order.insert(order.end(), {row_block, block});
    each_variant(stage, product, tiles, [&](Halide::Stage tiled, const ProductTile &tile, bool vectors) {
        tiled.split(output, thread, panel, lanes * tile.sums.vectors, tail)
            .split(panel, panel, lane, lanes, tail)
            .split(thread, block, thread, tile.threads.vectors, guard)
            .split(row, row_thread, one, tile.sums.rows, tail)
            .split(row_thread, row_block, row_thread, tile.threads.rows, guard)
            .reorder(order)
            .unroll(panel)
            .unroll(one)
            .never_partition_all()
            .gpu_threads(thread, row_thread)
            .gpu_blocks(row_block)
            .gpu_blocks(block);
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
    std::vector<Halide::Stage> updates;
    Halide::Internal::Definition &update = product.sum.function().update();
    if (product.vectors && product.has_more) {
        read_runs(update, product);
    } else if (product.vectors) {
        // All turns are whole there.
        updates.push_back(product.sum.update().specialize(product.aligned_reads));
        read_runs(update.specializations().front().definition, product);
    }
    updates.push_back(product.sum.update());
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
        for (const Halide::Stage &update : updates) {
            specialized(update, condition)
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
        }
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
                          static_cast<Halide::Func>(observed).name(),
                          false,
                          linear.filters,
                          linear.output,
                          linear.sample,
                          {linear.term},
                          outputs * linear.samples,
                          observed.dim(1).stride() % 4 == 0 && ends_with_a_turn(linear.inputs, tiles),
                          outputs % 4 == 0 && result.dim(1).stride() % 4 == 0,
                          target.has_feature(Halide::Target::CUDA)};
    const Halide::Var thread = threads_of_product(result, output, row, {}, product, tiles);
    product_in_thread(product, Halide::LoopLevel(result, thread), tiles);
}

// Computes the evidence of all sites, `number` of them, for stages that read it from the device's memory.
// That outputs begin at 0 tells Halide that tiles of them are aligned.
inline void window_products_in_memory(WindowEvidence &window, const Halide::Expr &number,
                                      const Halide::Target &target, const ProductTiles &tiles) {
    prepare_window_on_gpu(window);
    const Halide::Expr outputs = window.states * window.groups;
    const Product product{window.evidence,
                          window.sum,
                          window.observed.name(),
                          true,
                          window.filters,
                          window.output,
                          window.site,
                          {window.term.x, window.term.y},
                          number,
                          window.inputs % 4 == 0,
                          Halide::Expr(),
                          target.has_feature(Halide::Target::CUDA)};
    Halide::Func stored = window.evidence.in();
    const std::vector<Halide::Var> axes = stored.args();
    stored.compute_root();
    window.observed.align_bounds(window.element, window.filters.lanes)
        .align_storage(window.element, window.filters.lanes);
    const Halide::Var thread = threads_of_product(stored, axes[0], axes[1], {axes[2]}, product, tiles);
    product_in_thread(product, Halide::LoopLevel(stored, thread), tiles);
}

// Schedules an operator that writes the evidence of a site, or a function of it, at `output` of `result`.
template<typename Result>
void convolution_on_gpu(Result &result, const Halide::Var &output, const Places &places,
                        WindowEvidence &window, const Halide::Target &target, const ProductTiles &tiles) {
    const Halide::Expr sites = places.sites() * result.dim(3).extent();
    window_products_in_memory(window, window.states * sites, target, tiles);
    sites_on_gpu(result, output, places);
}

}  // namespace fsd
