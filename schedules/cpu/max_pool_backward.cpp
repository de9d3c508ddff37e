// CPU schedule of max_pool_backward: the places of the maxima of a few rows of windows stay in the cache;
// each site then gathers from its windows, one vector of channels at a time, so that every number is written
// once.
//
// Measured on an AMD EPYC (Zen 5, AVX-512), one core, microseconds, in brackets with masked vectors: windows
// of 2 x 2 on 16 maps of 64 x 64 sites, 2 states 280 (675), 10 states 293 (877); 64 maps of 24 x 24 sites, 16
// states 143 (171).
#include "generators/max_pool_backward.h"

#include "schedules/idioms/parallel_rows.h"
#include "schedules/idioms/pool_window.h"
#include "schedules/idioms/unmasked_vectors.h"

void fsd::MaxPoolBackward::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const int vector = natural_vector_size<float>();
    const Expr channels = d_probability.dim(0).extent();
    const Expr width = d_probability.dim(1).extent(), height = d_probability.dim(2).extent();
    Halide::Var lane{"lane"}, strip{"strip"};
    const auto in_strips = [&](Halide::Stage stage, const Expr &rows) {
        stage.split(y, strip, y, rows, Halide::TailStrategy::GuardWithIf).fuse(strip, sample, strip);
        parallel_rows(stage, strip, channels * width * rows);
        in_unmasked_vectors(stage, channel, lane, channels, vector);
    };
    for (const SquarePool &pool : common_pools) {
        const Expr used = uses(*this, pool, width, height);
        in_strips(d_probability.specialize(used), pool.stride * windows_per_strip);
        peak.update().specialize(used).unroll(offset.x).unroll(offset.y);
        first.update().specialize(used).unroll(offset.x).unroll(offset.y);
        sum.update().specialize(used).unroll(overlap.x).unroll(overlap.y);
    }
    in_strips(d_probability, height);
    sum.compute_at(d_probability, lane);
    place.compute_at(d_probability, strip)
        .split(channel, channel, lane, vector, Halide::TailStrategy::GuardWithIf)
        .vectorize(lane);
    peak.compute_at(place, lane);
    first.compute_at(place, lane);
}
