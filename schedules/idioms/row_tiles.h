// Rows of states in tiles of sites: what is one number per row is computed for the tile, in vectors.
#pragma once

#include "generators/row_reduction.h"
#include "generators/schedule_parameters.h"
#include "schedules/idioms/parallel_rows.h"

#include <vector>

namespace fsd {

// Rows are reduced in squares of as many rows as lanes, with two shuffles and one addition per row; one row
// by itself takes a chain of 16 scalar additions (Halide's vector reductions are chains in modules with
// strict_float, and trees only where they give several numbers).
constexpr int rows_per_tile = RowReduction::lanes;

// How many rows go together. Longer rows than 1024 states go one by one. In smaller tiles the chains of
// operations at the end of a pass are left uncovered: 16 rows of 16 states take log_normalize 27 cycles per
// vector in the level-2 cache, 32 rows 21; one row of 256 states 20, 16 rows 10; one row of 1000 states 14,
// two 11, four 10. Tiles of more than 4 KiB are read and written in bursts, which only prefetching hides
// (schedules/idioms/prefetch_ahead.h).
struct RowTiling {
    int rows_to_32_states = 2 * rows_per_tile;
    static constexpr int rows_to_256_states = rows_per_tile;
    int rows_to_1024_states = 4;

    // True where a tensor of `sites` rows has tiles of that many rows, or of more.
    static Halide::Expr has_tiles(const Halide::Expr &sites, int rows, const Halide::Expr &states, int most) {
        return sites >= rows && !RowReduction::are_few(states) && states <= most;
    }
    Halide::Expr has_large_tiles(const Halide::Expr &sites, const Halide::Expr &states) const {
        return has_tiles(sites, rows_to_32_states, states, 32);
    }
    Halide::Expr has_tiles(const Halide::Expr &sites, const Halide::Expr &states) const {
        return has_tiles(sites, rows_to_256_states, states, 256);
    }
    Halide::Expr has_small_tiles(const Halide::Expr &sites, const Halide::Expr &states) const {
        return has_tiles(sites, rows_to_1024_states, states, 1024) && !has_tiles(sites, states);
    }
};

// The parameters of a schedule that asks for tiles of rows.
inline std::vector<ScheduleParameter> row_tiling_parameters() {
    return {{"rows_to_32_states", "32", {"16", "64"}}, {"rows_to_1024_states", "4", {"1", "2", "8"}}};
}
inline RowTiling row_tiling(const ScheduleParameters &chosen) {
    return {chosen.number("rows_to_32_states"), chosen.number("rows_to_1024_states")};
}

// Numbers of states with code of their own that loads 16 dense rows and shuffles them into one vector per
// state. Otherwise short rows are gathered number by number, at a third of the speed.
constexpr int dense_rows[] = {2, 3, 4, 8, 10};

// Computes the reduction for the rows of a tile at `loop` of `consumer`. With `tail` RoundUp, rows behind the
// last one are reduced, too: the terms must exist there. `sites` is the number of all rows where the tiles
// are those of tile_rows(..., consumer, ..., tiling).
inline void reduce_tile(RowReduction &reduction, const Halide::Var &site, const Halide::Func &consumer,
                        const Halide::Var &loop, const Halide::Expr &sites = Halide::Expr(),
                        const RowTiling &tiling = {},
                        Halide::TailStrategy tail = Halide::TailStrategy::GuardWithIf) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const Halide::Expr states = reduction.few.x.extent();
    const auto in_tile = [&](Halide::Func func) {
        func.store_in(Halide::MemoryType::Stack).bound_storage(site, tiling.rows_to_32_states);
        return func;
    };
    // Vectors over the rows, in code of their own for the small tiles.
    const auto over_rows = [&](Halide::Stage stage, const auto &schedule) {
        if (sites.defined()) {
            schedule(stage.specialize(tiling.has_small_tiles(sites, states)), tiling.rows_to_1024_states);
        }
        schedule(stage, rows_per_tile);
    };
    Halide::Func &total = reduction.total, &block_total = reduction.block_total, &partial = reduction.partial;
    const Halide::RVar block = reduction.block_of_row, part = reduction.lane_of_row;
    const auto start = [&](Halide::Stage stage, int rows) { stage.vectorize(site, rows, tail); };
    in_tile(total).compute_at(consumer, loop);
    over_rows(total, start);
    over_rows(total.update(),
              [&](Halide::Stage stage, int rows) { stage.reorder(site, block).vectorize(site, rows, tail); });
    in_tile(block_total).compute_at(total, block);
    over_rows(block_total, start);
    over_rows(block_total.update(), [&](Halide::Stage stage, int rows) {
        stage.reorder(part, site).atomic().vectorize(part).vectorize(site, rows, tail);
    });
    in_tile(partial).compute_at(total, block).vectorize(reduction.lane);
    partial.update(0).reorder(reduction.lane, reduction.chunk).vectorize(reduction.lane);
    Halide::RVar lane("lane");
    partial.update(1).split(reduction.rest, reduction.rest, lane, RowReduction::lanes, guard).vectorize(lane);

    Halide::Func &few_total = reduction.few_total;
    in_tile(few_total).compute_at(consumer, loop).vectorize(site, rows_per_tile, guard);
    few_total.update().reorder(site, reduction.few).vectorize(site, rows_per_tile, guard);
    for (const int few : dense_rows) {
        few_total.update().specialize(states == few).unroll(reduction.few);
    }
}

// Computes one number per row, of `sites` rows of `states` states, at `loop` of `consumer`.
inline void compute_tile(Halide::Func number, const Halide::Var &site, const Halide::Func &consumer,
                         const Halide::Var &loop, const Halide::Expr &sites, const Halide::Expr &states,
                         const RowTiling &tiling = {}) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    number.compute_at(consumer, loop)
        .store_in(Halide::MemoryType::Stack)
        .bound_storage(site, tiling.rows_to_32_states);
    number.specialize(tiling.has_small_tiles(sites, states))
        .vectorize(site, tiling.rows_to_1024_states, guard);
    number.vectorize(site, rows_per_tile, guard);
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
               const Halide::Var &group, const Halide::Var &site, int vector, const Halide::Var &task,
               const RowTiling &tiling = {}) {
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
    // Rows of one vector have code of their own, without a loop over the vectors of a row: log_normalize
    // takes 10 % less.
    const Halide::Expr full = sites >= rows_per_tile, one_vector = states == RowReduction::lanes;
    along_states(output.specialize(tiling.has_large_tiles(sites, states) && one_vector),
                 tiling.rows_to_32_states);
    along_states(output.specialize(tiling.has_large_tiles(sites, states)), tiling.rows_to_32_states);
    along_states(output.specialize(tiling.has_tiles(sites, states)), tiling.rows_to_256_states);
    along_states(output.specialize(tiling.has_small_tiles(sites, states)), tiling.rows_to_1024_states);
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
    tiled(output.specialize(RowTiling().has_tiles(output.dim(0).extent(), states)), rows_per_tile);
    for (const int few : dense_rows) {
        tiled(output.specialize(full && are_dense(inputs, states, few)), rows_per_tile);
    }
    tiled(output.specialize(full && RowReduction::are_few(states)), rows_per_tile);
    tiled(output, 1);
}

}  // namespace fsd
