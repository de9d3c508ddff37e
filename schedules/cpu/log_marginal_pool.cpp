// CPU schedule of log_marginal_pool: bound by exp; one vector of channels stays in a register over its
// window.
#include "generators/log_marginal_pool.h"

#include "schedules/idioms/parallel_rows.h"
#include "schedules/idioms/pool_window.h"

void fsd::LogMarginalPool::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    Halide::Var lane{"lane"}, row{"row"};
    log_marginal
        .split(channel, channel, lane, natural_vector_size<float>(), Halide::TailStrategy::GuardWithIf)
        .vectorize(lane)
        .fuse(pool_y, sample, row);
    parallel_rows(log_marginal, row, log_marginal.dim(0).extent() * log_marginal.dim(1).extent());
    peak.compute_at(log_marginal, lane);
    mass.compute_at(log_marginal, lane);
    for (const SquarePool &pool : common_pools) {
        const Expr used = uses(*this, pool, log_probability.dim(1).extent(), log_probability.dim(2).extent());
        log_marginal.specialize(used);
        peak.update().specialize(used).unroll(offset.x).unroll(offset.y);
        mass.update().specialize(used).unroll(offset.x).unroll(offset.y);
    }
}
