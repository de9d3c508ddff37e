// CPU schedule of log_marginal_pool_backward: bound by exp; each site gathers from its windows, one vector of
// channels at a time, so that every number is written once.
#include "generators/log_marginal_pool_backward.h"

#include "schedules/idioms/parallel_rows.h"
#include "schedules/idioms/pool_window.h"

void fsd::LogMarginalPoolBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    Halide::Var lane{"lane"}, row{"row"};
    d_log_probability
        .split(channel, channel, lane, natural_vector_size<float>(), Halide::TailStrategy::GuardWithIf)
        .vectorize(lane)
        .fuse(y, sample, row);
    parallel_rows(d_log_probability, row,
                  d_log_probability.dim(0).extent() * d_log_probability.dim(1).extent());
    sum.compute_at(d_log_probability, lane);
    for (const SquarePool &pool : common_pools) {
        const Expr used =
            uses(*this, pool, d_log_probability.dim(1).extent(), d_log_probability.dim(2).extent());
        d_log_probability.specialize(used);
        sum.update().specialize(used).unroll(overlap.x).unroll(overlap.y);
    }
}
