// Rows of states in tiles of sites: what is one number per row is computed for the tile, in vectors.
#pragma once

#include "generators/row_reduction.h"
#include "schedules/idioms/parallel_rows.h"

#include <vector>

namespace fsd {

// Rows are reduced in squares of as many rows as lanes, with two shuffles and one addition per row; one row
// by itself takes a chain of 16 scalar additions (Halide's vector reductions are chains in modules with
// strict_float, and trees only where they give several numbers).
constexpr int rows_per_tile = RowReduction::lanes;

// Rows of up to `states` states go `rows` at a time, longer ones one by one. In smaller tiles the chains of
// operations at the end of a pass are left uncovered: 16 rows of 16 states take log_normalize 27 cycles per
// vector in the level-2 cache, 32 rows 21; one row of 256 states 20, 16 rows 10. Tiles of more than 4 KiB are
// read and written in bursts that nothing hides: out of all caches 16 rows of 256 states take 27 cycles, one
// row 21; of 1000 states 26 and 18.
struct RowTile {
    int states, rows;
};
constexpr RowTile row_tiles[] = {{32, 2 * rows_per_tile}, {256, rows_per_tile}};
constexpr int most_rows_per_tile = row_tiles[0].rows;

// Numbers of states with code of their own that loads 16 dense rows and shuffles them into one vector per
// state. Otherwise short rows are gathered number by number, at a third of the speed.
constexpr int dense_rows[] = {2, 3, 4, 8, 10};

// Computes the reduction for the rows of a tile at `loop` of `consumer`. With `tail` RoundUp, rows behind the
// last one are reduced, too: the terms must exist there.
inline void reduce_tile(RowReduction &reduction, const Halide::Var &site, const Halide::Func &consumer,
                        const Halide::Var &loop,
                        Halide::TailStrategy tail = Halide::TailStrategy::GuardWithIf) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const int rows = RowReduction::lanes;
    const auto in_tile = [&](Halide::Func func) {
        func.store_in(Halide::MemoryType::Stack).bound_storage(site, most_rows_per_tile);
        return func;
    };
    Halide::Func &total = reduction.total, &block_total = reduction.block_total, &partial = reduction.partial;
    const Halide::RVar block = reduction.block_of_row, part = reduction.lane_of_row;
    in_tile(total).compute_at(consumer, loop).vectorize(site, rows, tail);
    total.update().reorder(site, block).vectorize(site, rows, tail);
    in_tile(block_total).compute_at(total, block).vectorize(site, rows, tail);
    block_total.update().reorder(part, site).atomic().vectorize(part).vectorize(site, rows, tail);
    in_tile(partial).compute_at(total, block).vectorize(reduction.lane);
    partial.update(0).reorder(reduction.lane, reduction.chunk).vectorize(reduction.lane);
    Halide::RVar lane("lane");
    partial.update(1).split(reduction.rest, reduction.rest, lane, RowReduction::lanes, guard).vectorize(lane);

    Halide::Func &few_total = reduction.few_total;
    in_tile(few_total).compute_at(consumer, loop).vectorize(site, rows, guard);
    few_total.update().reorder(site, reduction.few).vectorize(site, rows, guard);
    const Halide::Expr states = reduction.few.x.extent();
    for (const int few : dense_rows) {
        few_total.update().specialize(states == few).unroll(reduction.few);
    }
}

// Computes one number per row at `loop` of `consumer`.
inline void compute_tile(Halide::Func number, const Halide::Var &site, const Halide::Func &consumer,
                         const Halide::Var &loop) {
    number.compute_at(consumer, loop)
        .store_in(Halide::MemoryType::Stack)
        .bound_storage(site, most_rows_per_tile)
        .vectorize(site, RowReduction::lanes, Halide::TailStrategy::GuardWithIf);
}

// True where the rows of the tensors, whose last dimension is the site, have `few` states and lie one behind
// the other.
inline Halide::Expr are_dense(const std::vector<Halide::OutputImageParam> &tensors,
                              const Halide::Expr &states, int few) {
    Halide::Expr all = states == few;
    for (const Halide::OutputImageParam &tensor : tensors) {
        all = all && tensor.dim(tensor.dimensions() - 1).stride() == few;
    }
    return all;
}

// Splits the sites of a stage into parallel tasks of tiles of rows.
inline Halide::Stage split_sites(Halide::Stage stage, const Halide::Var &site, const Halide::Var &row,
                                 const Halide::Var &tile, const Halide::Var &task, int rows,
                                 const Halide::Expr &elements_per_row) {
    const Halide::Expr tiles_per_task = Halide::max(elements_per_task / (elements_per_row * rows), 1);
    const auto tail = rows > 1 ? Halide::TailStrategy::ShiftInwards : Halide::TailStrategy::GuardWithIf;
    return stage.split(site, tile, row, rows, tail)
        .split(tile, task, tile, tiles_per_task, Halide::TailStrategy::GuardWithIf)
        .partition(tile, Halide::Partition::Never)
        .parallel(task);
}

// Schedules output(state, group, site), computed from `tensors` of the same axes: tiles of sites, one group
// after the other. Other stages are computed at its loop `group`, their storage can be hoisted to its loop
// `task`.
template<typename Output>
void tile_rows(std::vector<Halide::OutputImageParam> tensors, Output &output, const Halide::Var &state,
               const Halide::Var &group, const Halide::Var &site, int vector, const Halide::Var &task) {
    const Halide::Expr states = output.dim(0).extent(), sites = output.dim(2).extent();
    const Halide::Expr elements = states * output.dim(1).extent();
    Halide::Var tile{"tile"}, row{"row"};
    const auto along_states = [&](Halide::Stage stage, int rows) {
        split_sites(stage, site, row, tile, task, rows, elements)
            .reorder(state, row, group, tile, task)
            .vectorize(state, vector, Halide::TailStrategy::GuardWithIf);
    };
    const auto along_sites = [&](Halide::Stage stage) {
        split_sites(stage, site, row, tile, task, rows_per_tile, elements)
            .reorder(row, state, group, tile, task)
            .vectorize(row);
        return stage;
    };
    const Halide::Expr full = sites >= rows_per_tile;
    for (const RowTile &tile : row_tiles) {
        const Halide::Expr fits = !RowReduction::are_few(states) && states <= tile.states;
        along_states(output.specialize(sites >= tile.rows && fits), tile.rows);
    }
    tensors.push_back(output);
    for (const int few : dense_rows) {
        along_sites(output.specialize(full && are_dense(tensors, states, few))).unroll(state);
    }
    along_sites(output.specialize(full && RowReduction::are_few(states)));
    along_states(output, 1);
}

// Schedules output(site), one number per row of the inputs(state, site). Other stages are computed at its
// loop `tile`.
template<typename Output>
void tile_rows(const std::vector<Halide::OutputImageParam> &inputs, Output &output, const Halide::Var &site,
               const Halide::Expr &states, const Halide::Var &tile) {
    Halide::Var row{"row"}, task{"task"};
    const auto tiled = [&](Halide::Stage stage, int rows) {
        split_sites(stage, site, row, tile, task, rows, states).vectorize(row);
    };
    const Halide::Expr full = output.dim(0).extent() >= rows_per_tile;
    tiled(output.specialize(full && !RowReduction::are_few(states) && states <= row_tiles[1].states),
          rows_per_tile);
    for (const int few : dense_rows) {
        tiled(output.specialize(full && are_dense(inputs, states, few)), rows_per_tile);
    }
    tiled(output.specialize(full && RowReduction::are_few(states)), rows_per_tile);
    tiled(output, 1);
}

}  // namespace fsd
