// CPU schedule of renormalized_max_pool: the maxima of one group of states wait in the cache for their sum.
#include "generators/renormalized_max_pool.h"

#include "schedules/idioms/lane_sum.h"
#include "schedules/idioms/parallel_rows.h"
#include "schedules/idioms/pool_window.h"

void fsd::RenormalizedMaxPool::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::Var lane{"lane"}, row{"row"};
    maximum.split(state, state, lane, vector, guard).vectorize(lane).fuse(pool_y, sample, row);
    parallel_rows(maximum, row, maximum.dim(0).extent() * maximum.dim(1).extent() * maximum.dim(2).extent());
    scale.compute_at(maximum, group);
    sum_in_lanes(total, states, vector, maximum, group);
    peak.compute_at(maximum, group).store_in(Halide::MemoryType::Stack);
    peak.vectorize(state, vector, guard);
    peak.update().reorder(offset.x, offset.y, state).vectorize(state, vector, guard);
    for (const SquarePool &pool : common_pools) {
        const Expr used = uses(*this, pool, probability.dim(2).extent(), probability.dim(3).extent());
        maximum.specialize(used);
        peak.update().specialize(used).unroll(offset.x).unroll(offset.y);
    }
}
