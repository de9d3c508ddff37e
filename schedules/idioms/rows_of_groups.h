// One number per row of states and group, in tiles of sites.
#pragma once

#include "schedules/idioms/row_tiles.h"

namespace fsd {

// Schedules output(group, site), computed from `inputs`(state, group, site): tiles of sites, one group after
// the other. Other stages are computed at its loop `group`.
template<typename Output>
void tile_rows_of_groups(const std::vector<Halide::OutputImageParam> &inputs, Output &output,
                         const Halide::Var &group, const Halide::Var &site, const Halide::Expr &states) {
    Halide::Var row{"row"}, tile{"tile"}, task{"task"};
    const Halide::Expr groups = output.dim(0).extent(), sites = output.dim(1).extent();
    const auto tiled = [&](Halide::Stage stage, int rows) {
        split_sites(stage, site, row, tile, task, rows, states * groups)
            .reorder(row, group, tile, task)
            .vectorize(row);
    };
    const Halide::Expr full = sites >= rows_per_tile;
    tiled(output.specialize(RowTiling().has_tiles(sites, states)), rows_per_tile);
    for (const int few : dense_rows) {
        tiled(output.specialize(full && are_dense(inputs, states, few)), rows_per_tile);
    }
    tiled(output.specialize(full && RowReduction::are_few(states)), rows_per_tile);
    tiled(output, 1);
}

}  // namespace fsd
