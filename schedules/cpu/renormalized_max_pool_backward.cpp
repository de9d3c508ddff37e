// CPU schedule of renormalized_max_pool_backward: the maxima, their places and gradients of one sample stay
// in the cache; each site then gathers from its windows, so that every number is written once.
#include "generators/renormalized_max_pool_backward.h"

#include "schedules/idioms/lane_sum.h"
#include "schedules/idioms/parallel_rows.h"
#include "schedules/idioms/pool_window.h"

void fsd::RenormalizedMaxPoolBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::Var lane{"lane"};
    d_probability.split(state, state, lane, vector, guard).vectorize(lane);
    parallel_rows(d_probability, sample,
                  d_probability.dim(0).extent() * d_probability.dim(1).extent() *
                      d_probability.dim(2).extent() * d_probability.dim(3).extent());
    sum.compute_at(d_probability, lane);
    d_peak.compute_at(d_probability, sample).vectorize(state, vector, guard);
    first.compute_at(d_probability, sample).vectorize(state, vector, guard);
    first.update().reorder(offset.x, offset.y, state).vectorize(state, vector, guard);
    scale.compute_at(d_peak, group);
    sum_in_lanes(total, states, vector, d_peak, group);
    sum_in_lanes(inner, states, vector, d_peak, group);
    for (const SquarePool &pool : common_pools) {
        const Expr used = uses(*this, pool, d_probability.dim(2).extent(), d_probability.dim(3).extent());
        d_probability.specialize(used);
        first.update().specialize(used).unroll(offset.x).unroll(offset.y);
        sum.update().specialize(used).unroll(overlap.x).unroll(overlap.y);
    }
}
