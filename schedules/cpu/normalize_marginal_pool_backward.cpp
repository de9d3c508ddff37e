// CPU schedule of normalize_marginal_pool_backward: tiles of 16 sites of a row of the map.
#include "generators/normalize_marginal_pool_backward.h"

#include "schedules/idioms/pool_window.h"
#include "schedules/idioms/row_tiles.h"

void fsd::NormalizeMarginalPoolBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int lanes = natural_vector_size<float>();
    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::Var row{"row"}, task{"task"}, tile{"tile"}, one{"one"}, lane{"lane"};
    const Expr width = posterior.dim(2).extent(), height = posterior.dim(3).extent();
    d_logits.split(x, tile, x, rows_per_tile, guard)
        .reorder(state, x, group, tile, y, sample)
        .vectorize(state, lanes, guard)
        .fuse(y, sample, row)
        .split(row, task, row, max(elements_per_task / (posterior.dim(0).extent() * posterior.dim(1).extent() * width), 1), guard)
        .parallel(task);
    reduce_tile(mean, x, d_logits, group, Halide::TailStrategy::RoundUp);
    weighted.compute_at(d_logits, group).hoist_storage(d_logits, task).split(state, state, lane, lanes, guard).vectorize(lane);
    d_posterior.compute_at(weighted, lane);
    for (const SquarePool &pool : common_pools) {
        const Expr used = uses(*this, pool, width, height);
        d_logits.specialize(used);
        d_posterior.update().specialize(used).unroll(overlap.x).unroll(overlap.y);
    }
}
