// CPU schedule of kld_conv_normalize_marginal_pool_log_normalizer: that of kld_conv_normalize_marginal_pool,
// whose loop over the samples also writes the log-normalizers of the map.
#include "generators/kld_conv_normalize_marginal_pool_log_normalizer.h"

#include "schedules/idioms/half_a_vector.h"
#include "schedules/idioms/pool_in_registers.h"
#include "schedules/idioms/posterior_strips.h"
#include "schedules/idioms/window_strips.h"

void fsd::KldConvNormalizeMarginalPoolLogNormalizer::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const WindowTiling tiling = window_tiling(measured, target);
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const Expr sites = window.columns.positions() * window.rows.positions();
    const Expr maps_per_task = strips_per_task(tiling, window, sites);
    Halide::Var task{"task"}, tile{"posterior_tile"};
    marginal.reorder(state, group, pool_x, pool_y, sample)
        .vectorize(state, window.lanes, Halide::TailStrategy::Predicate)
        .split(sample, task, sample, maps_per_task, guard)
        .never_partition(pool_y, sample, task)
        .parallel(task);
    log_normalizer.split(sample, task, sample, maps_per_task, guard)
        .never_partition(sample, task)
        .parallel(task)
        .compute_with(Halide::Func(marginal), sample);
    normalize_in_tiles(bayes, marginal, sample, tile, tiling.sites, window.lanes);
    row_normalizer.compute_at(bayes.result, bayes.group)
        .store_in(Halide::MemoryType::Stack)
        .bound_storage(bayes.site, tiling.sites.normalized)
        .vectorize(bayes.site, rows_per_tile, Halide::TailStrategy::RoundUp);
    bayes.result.hoist_storage(marginal, task);
    const PooledMap posteriors{window.states, window.columns.positions(), window.rows.positions()};
    pool_in_registers(*this, mean, state, sum, offset, posteriors, window.lanes);
    mean.compute_at(marginal, sample).hoist_storage(marginal, task);
    observe_in_strips(window, marginal, sample, task);
    sum_in_tiles(window, tiling, bayes.result, tile, Halide::LoopLevel(marginal, task));
    // Outputs that share loops cannot be specialized; the stage that does the work can.
    bayes.result.specialize(has_one_vector(window));
    specialize_half_a_vector(bayes.result, window);
}
