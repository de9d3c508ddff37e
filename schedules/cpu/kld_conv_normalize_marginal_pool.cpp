// CPU schedule of kld_conv_normalize_marginal_pool: the posteriors of a whole map are computed tile by tile,
// then pooled, so that none is computed for two windows.
//
// Measured on an AMD EPYC (Zen 5, AVX-512), one core, batch 64, pools of 2x2, share of the FMA peak: 5x5 16
// -> 32 states on 8x8 sites 86 %; 5x5 1 -> 16 on 24x24 21 %, limited like kld_conv_normalize.
// On an Intel Xeon (Sapphire Rapids), share of the peak and microseconds a batch, in brackets with the sums
// of the pools in memory: 5x5 16 -> 32 on 8x8 78 %, 775 (815); 1 -> 16 on 24x24 22 %, 785 (840); 1 -> 8 on
// 24x24 9 %, 907 (1,380).
#include "generators/kld_conv_normalize_marginal_pool.h"

#include "schedules/idioms/half_a_vector.h"
#include "schedules/idioms/pool_in_registers.h"
#include "schedules/idioms/posterior_strips.h"
#include "schedules/idioms/window_strips.h"

void fsd::KldConvNormalizeMarginalPool::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const WindowTiling tiling = window_tiling(measured, target);
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const Expr sites = window.columns.positions() * window.rows.positions();
    Halide::Var map{"map"}, task{"task"}, tile{"posterior_tile"};
    marginal.split(pool_y, map, pool_y, marginal.dim(3).extent(), guard)
        .reorder(state, group, pool_x, pool_y, map, sample)
        .vectorize(state, window.lanes, Halide::TailStrategy::Predicate)
        .fuse(map, sample, map)
        .split(map, task, map, strips_per_task(tiling, window, sites), guard)
        .never_partition(pool_y, map, task)
        .parallel(task);
    normalize_in_tiles(bayes, marginal, map, tile, tiling.sites, window.lanes);
    bayes.result.hoist_storage(marginal, task);
    const PooledMap posteriors{window.states, window.columns.positions(), window.rows.positions()};
    pool_in_registers(*this, mean, state, sum, offset, posteriors, window.lanes);
    mean.compute_at(marginal, map).hoist_storage(marginal, task);
    observe_in_strips(window, marginal, map, task);
    sum_in_tiles(window, tiling, bayes.result, tile, Halide::LoopLevel(marginal, task));
    marginal.specialize(has_one_vector(window));
    specialize_half_a_vector(marginal, window);
}
