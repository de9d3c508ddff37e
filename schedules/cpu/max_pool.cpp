// CPU schedule of max_pool: memory-bound; one vector of channels stays in a register over its window.
#include "generators/max_pool.h"

#include "schedules/idioms/parallel_rows.h"
#include "schedules/idioms/pool_window.h"

void fsd::MaxPool::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    Halide::Var lane{"lane"}, row{"row"};
    maximum.split(channel, channel, lane, natural_vector_size<float>(), Halide::TailStrategy::GuardWithIf)
        .vectorize(lane)
        .fuse(pool_y, sample, row);
    parallel_rows(maximum, row, maximum.dim(0).extent() * maximum.dim(1).extent());
    peak.compute_at(maximum, lane);
    for (const SquarePool &pool : common_pools) {
        const Expr used = uses(*this, pool, probability.dim(1).extent(), probability.dim(2).extent());
        maximum.specialize(used);
        peak.update().specialize(used).unroll(offset.x).unroll(offset.y);
    }
}
