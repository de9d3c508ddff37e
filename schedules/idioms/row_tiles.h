// Rows of states in tiles of 16 sites: what is one number per row is computed for the tile, in vectors.
#pragma once

#include "generators/row_reduction.h"
#include "schedules/idioms/parallel_rows.h"

namespace fsd {

// As many rows as lanes, so that the lanes of a tile are one square that is reduced with two shuffles and one
// addition per row; one row by itself takes a chain of 16 scalar additions.
constexpr int rows_per_tile = RowReduction::lanes;

// Longer rows go one by one: three passes over a tile of them would leave the level-2 cache (1 MiB).
constexpr int longest_tiled_row = 2048;

inline Halide::Expr can_tile(const Halide::Expr &states, const Halide::Expr &sites) {
    return sites >= rows_per_tile && states <= longest_tiled_row;
}

// Computes the reduction for the rows of a tile at `loop` of `consumer`. With `tail` RoundUp, rows behind the
// last one are reduced, too: the terms must exist there.
inline void reduce_tile(RowReduction &reduction, const Halide::Var &site, const Halide::Func &consumer,
                        const Halide::Var &loop,
                        Halide::TailStrategy tail = Halide::TailStrategy::GuardWithIf) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const auto in_tile = [&](Halide::Func func) {
        func.store_in(Halide::MemoryType::Stack).bound_storage(site, rows_per_tile);
        return func;
    };
    Halide::Func &total = reduction.total, &block_total = reduction.block_total, &partial = reduction.partial;
    const Halide::RVar block = reduction.block_of_row, part = reduction.lane_of_row;
    in_tile(total).compute_at(consumer, loop).vectorize(site, rows_per_tile, tail);
    total.update().reorder(site, block).vectorize(site, rows_per_tile, tail);
    in_tile(block_total).compute_at(total, block).vectorize(site, rows_per_tile, tail);
    block_total.update().reorder(part, site).atomic().vectorize(part).vectorize(site, rows_per_tile, tail);
    in_tile(partial).compute_at(total, block).vectorize(reduction.lane);
    partial.update(0).reorder(reduction.lane, reduction.chunk).vectorize(reduction.lane);
    Halide::RVar lane("lane");
    partial.update(1).split(reduction.rest, reduction.rest, lane, RowReduction::lanes, guard).vectorize(lane);
}

// Computes one number per row at `loop` of `consumer`.
inline void compute_tile(Halide::Func number, const Halide::Var &site, const Halide::Func &consumer,
                         const Halide::Var &loop) {
    number.compute_at(consumer, loop)
        .store_in(Halide::MemoryType::Stack)
        .bound_storage(site, rows_per_tile)
        .vectorize(site, rows_per_tile, Halide::TailStrategy::GuardWithIf);
}

// Schedules output(state, group, site): tiles of sites, one group after the other, vectors along the states.
// Other stages are computed at its loop `group`, their storage can be hoisted to its loop `task`.
template<typename Output>
void tile_rows(Output &output, const Halide::Var &state, const Halide::Var &group, const Halide::Var &site,
               int vector, const Halide::Var &task) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const Halide::Expr states = output.dim(0).extent(), groups = output.dim(1).extent();
    Halide::Var tile{"tile"}, row{"row"};
    const auto tiled = [&](Halide::Stage stage, int rows, Halide::TailStrategy tail) {
        const Halide::Expr tiles_per_task = max(elements_per_task / (states * groups * rows), 1);
        stage.split(site, tile, row, rows, tail)
            .split(tile, task, tile, tiles_per_task, guard)
            .reorder(state, row, group, tile, task)
            .vectorize(state, vector, guard)
            .parallel(task);
    };
    tiled(output.specialize(can_tile(states, output.dim(2).extent())), rows_per_tile,
          Halide::TailStrategy::ShiftInwards);
    tiled(output, 1, guard);
}

// Schedules output(site): one number per row of `states` numbers. Other stages are computed at its loop
// `tile`.
template<typename Output>
void tile_rows(Output &output, const Halide::Var &site, const Halide::Expr &states, const Halide::Var &tile) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::Var row{"row"}, task{"task"};
    const auto tiled = [&](Halide::Stage stage, int rows, Halide::TailStrategy tail) {
        const Halide::Expr tiles_per_task = max(elements_per_task / (states * rows), 1);
        stage.split(site, tile, row, rows, tail)
            .split(tile, task, tile, tiles_per_task, guard)
            .vectorize(row)
            .parallel(task);
    };
    tiled(output.specialize(can_tile(states, output.dim(0).extent())), rows_per_tile,
          Halide::TailStrategy::ShiftInwards);
    tiled(output, 1, guard);
}

}  // namespace fsd
