// CPU schedule of log_normalizer: squares of 16 rows; rows of few states in registers, one vector per state.
#include "generators/log_normalizer.h"

#include "schedules/idioms/row_tiles.h"

void fsd::LogNormalizer::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const Expr states = logits.dim(0).extent(), groups = log_normalizer.dim(0).extent(),
               sites = log_normalizer.dim(1).extent();
    Halide::Var row{"row"}, tile{"tile"}, task{"task"};
    const auto tiled = [&](Halide::Stage stage, int rows) {
        split_sites(stage, site, row, tile, task, rows, states * groups)
            .reorder(row, group, tile, task)
            .vectorize(row);
    };
    const Expr full = sites >= rows_per_tile;
    tiled(log_normalizer.specialize(RowTiling().has_tiles(sites, states)), rows_per_tile);
    for (const int few : dense_rows) {
        tiled(log_normalizer.specialize(full && are_dense({logits}, states, few)), rows_per_tile);
    }
    tiled(log_normalizer.specialize(full && RowReduction::are_few(states)), rows_per_tile);
    tiled(log_normalizer, 1);
    reduce_tile(peak, site, log_normalizer, group);
    reduce_tile(mass, site, log_normalizer, group);
}
