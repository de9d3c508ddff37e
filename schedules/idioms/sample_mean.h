// The mean of samples: parts of the samples in parallel, then the parts in order.
#pragma once

#include "generators/sample_mean.h"

namespace fsd {

// Samples that are added in one go, for which a vector of sums is read and written once.
inline void schedule_mean(SampleMean &mean, int vector) {
    constexpr int at_once = 8;
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const Halide::Var &unit = mean.unit, &chunk = mean.chunk;
    Halide::Var lanes{"lanes"};
    Halide::RVar round{"round"}, turn{"turn"};
    mean.part_sums.compute_root().vectorize(unit, vector, guard).parallel(chunk);
    mean.part_sums.update()
        .split(unit, unit, lanes, vector, guard)
        .split(mean.in_chunk.x, round, turn, at_once)
        .reorder(lanes, turn, unit, round, chunk)
        .vectorize(lanes)
        .unroll(turn)
        .parallel(chunk);
    mean.sums.compute_root().vectorize(unit, vector, guard);
    mean.sums.update().reorder(unit, mean.chunks.x).vectorize(unit, vector, guard);
    mean.average.compute_root().vectorize(unit, vector, guard);
}

}  // namespace fsd
