// CPU schedule of kld_conv_normalize_marginal_pool.
#include "generators/kld_conv_normalize_marginal_pool.h"

#include "schedules/idioms/posterior_rows.h"
#include "schedules/idioms/window_strips.h"

void fsd::KldConvNormalizeMarginalPool::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const int lanes = natural_vector_size<float>();
    Halide::Var strip{"strip"}, task{"task"};
    // A strip is the whole map: no row of it is computed for two windows.
    marginal.split(pool_y, strip, pool_y, marginal.dim(3).extent(), guard)
        .reorder(state, group, pool_x, pool_y, strip, sample)
        .vectorize(state, lanes, guard)
        .fuse(strip, sample, strip)
        .split(strip, task, strip, 4, guard)
        .never_partition(pool_y, strip, task)
        .parallel(task);
    posterior.compute_at(marginal, strip).hoist_storage(marginal, task).vectorize(state, lanes, guard);
    sum_in_strips(window, target, marginal, strip, task);
    normalize_rows(bayes, lanes, posterior, group);
}
