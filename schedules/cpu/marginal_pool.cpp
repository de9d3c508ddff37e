// CPU schedule of marginal_pool: memory-bound; one vector of channels stays in a register over its window.
#include "generators/marginal_pool.h"

#include "schedules/idioms/parallel_rows.h"
#include "schedules/idioms/pool_window.h"

void fsd::MarginalPool::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    Halide::Var lane{"lane"}, row{"row"};
    marginal.split(channel, channel, lane, natural_vector_size<float>(), Halide::TailStrategy::GuardWithIf)
        .vectorize(lane)
        .fuse(pool_y, sample, row);
    parallel_rows(marginal, row, marginal.dim(0).extent() * marginal.dim(1).extent());
    sum.compute_at(marginal, lane);
    for (const SquarePool &pool : common_pools) {
        const Expr used = uses(*this, pool, probability.dim(1).extent(), probability.dim(2).extent());
        marginal.specialize(used);
        sum.update().specialize(used).unroll(offset.x).unroll(offset.y);
    }
}
