// CPU schedule of renormalized_max_pool_backward: the maxima of a few rows of windows, their places and their
// sums stay in the cache; each site then gathers from its windows, so that every number is written once.
//
// Measured on an AMD EPYC (Zen 5, AVX-512), one core, microseconds, in brackets with masked vectors: windows
// of 2 x 2 on 16 maps of 64 x 64 sites, 2 states 505 (1124), 10 states 625 (1328); 64 maps of 24 x 24 sites,
// 16 states 286 (409).
#include "generators/renormalized_max_pool_backward.h"

#include "schedules/idioms/parallel_rows.h"
#include "schedules/idioms/pool_window.h"
#include "schedules/idioms/unmasked_vectors.h"
#include "schedules/idioms/vector_sum.h"

void fsd::RenormalizedMaxPoolBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    const Expr count = d_probability.dim(0).extent();
    const Expr width = d_probability.dim(2).extent(), height = d_probability.dim(3).extent();
    Halide::Var lane{"lane"}, strip{"strip"};
    Halide::RVar part{"part"};
    const auto in_strips = [&](Halide::Stage stage, const Expr &rows) {
        stage.split(y, strip, y, rows, Halide::TailStrategy::GuardWithIf).fuse(strip, sample, strip);
        parallel_rows(stage, strip, count * d_probability.dim(1).extent() * width * rows);
        in_unmasked_vectors(stage, state, lane, count, vector);
    };
    for (const SquarePool &pool : common_pools) {
        const Expr used = uses(*this, pool, width, height);
        in_strips(d_probability.specialize(used), pool.stride * windows_per_strip);
        largest.update().specialize(used).unroll(offset.x).unroll(offset.y);
        first.update().specialize(used).unroll(offset.x).unroll(offset.y);
        sum.update().specialize(used).unroll(overlap.x).unroll(overlap.y);
    }
    in_strips(d_probability, height);
    sum.compute_at(d_probability, lane);
    scale.compute_at(d_probability, strip);
    total.compute_at(scale, group);
    inner.compute_at(scale, group);
    sum_in_vectors(total.update(), states, part, count, vector);
    sum_in_vectors(inner.update(), states, part, count, vector);
    peak.compute_at(d_probability, strip)
        .split(state, state, lane, vector, Halide::TailStrategy::GuardWithIf)
        .vectorize(lane);
    largest.compute_at(peak, lane);
    first.compute_at(peak, lane);
}
