// CPU schedule of normalize_marginal_pool_backward: tiles of eight sites of a row of the map.
//
// A tile is whole even where it reaches beyond the row: the sums of its rows are one block that is reduced
// with a few shuffles, and fewer rows would be reduced one by one with scalar additions. Eight divide the
// widths of 8, 16, 24 and 32 that networks have, so that no tile reaches beyond; 16 waste a quarter of 24 and
// half of 8. Where windows do not overlap, the tile's sites are unrolled, and their addresses are found at
// once. Measured on an AMD EPYC (Zen 5, AVX-512), one core, 60,000 images in batches of 50, windows 2x2,
// seconds: 16 states on 24x24 sites 0.17 (tiles of 16, not unrolled: 0.19 to 0.20), 32 on 8x8 0.031 (0.034).
#include "generators/normalize_marginal_pool_backward.h"

#include "schedules/idioms/pool_window.h"
#include "schedules/idioms/posterior_strips.h"

namespace {

constexpr int sites_per_tile = 8;

}  // namespace

void fsd::NormalizeMarginalPoolBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int lanes = natural_vector_size<float>();
    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::Var row{"row"}, task{"task"}, tile{"tile"}, one{"one"}, lane{"lane"};
    const Expr width = posterior.dim(2).extent(), height = posterior.dim(3).extent();
    const Expr states = posterior.dim(0).extent(), groups = posterior.dim(1).extent();
    d_logits.split(x, tile, x, sites_per_tile, guard)
        .reorder(state, x, group, tile, y, sample)
        .vectorize(state, lanes, guard)
        .fuse(y, sample, row)
        .split(row, task, row, max(elements_per_task / (states * groups * width), 1), guard)
        .parallel(task);
    share.compute_at(d_logits, row).hoist_storage(d_logits, task).vectorize(pool_x, lanes, guard);
    reduce_squares(mean, x, Halide::LoopLevel(d_logits, group), sites_per_tile, sites_per_tile);
    weighted.compute_at(d_logits, group)
        .hoist_storage(d_logits, task)
        .split(state, state, lane, lanes, guard)
        .split(x, x, one, sites_per_tile, Halide::TailStrategy::RoundUp)
        .reorder(lane, one, state, x)
        .vectorize(lane);
    weighted.specialize(pool_window_x <= pool_stride_x && pool_window_y <= pool_stride_y).unroll(one);
    d_posterior.compute_at(weighted, lane);
    for (const SquarePool &pool : common_pools) {
        const Expr used = uses(*this, pool, width, height);
        d_logits.specialize(used && states == RowReduction::lanes);
        d_logits.specialize(used);
        d_posterior.update().specialize(used).unroll(overlap.x).unroll(overlap.y);
    }
}
