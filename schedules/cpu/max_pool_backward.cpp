// CPU schedule of max_pool_backward: the places of the maxima of one sample stay in the cache; each site then
// gathers from its windows, so that every number is written once.
#include "generators/max_pool_backward.h"

#include "schedules/idioms/parallel_rows.h"
#include "schedules/idioms/pool_window.h"

void fsd::MaxPoolBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::Var lane{"lane"};
    d_probability.split(channel, channel, lane, vector, guard).vectorize(lane);
    parallel_rows(d_probability, sample,
                  d_probability.dim(0).extent() * d_probability.dim(1).extent() *
                      d_probability.dim(2).extent());
    sum.compute_at(d_probability, lane);
    first.compute_at(d_probability, sample).vectorize(channel, vector, guard);
    first.update().reorder(offset.x, offset.y, channel).vectorize(channel, vector, guard);
    for (const SquarePool &pool : common_pools) {
        const Expr used = uses(*this, pool, d_probability.dim(1).extent(), d_probability.dim(2).extent());
        d_probability.specialize(used);
        first.update().specialize(used).unroll(offset.x).unroll(offset.y);
        sum.update().specialize(used).unroll(overlap.x).unroll(overlap.y);
    }
}
