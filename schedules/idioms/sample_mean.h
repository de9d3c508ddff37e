// The mean of samples: parts of the samples in parallel, then the parts in order.
#pragma once

#include "generators/sample_mean.h"

namespace fsd {

inline void schedule_mean(SampleMean &mean, int vector) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const Halide::Var &unit = mean.unit, &chunk = mean.chunk;
    mean.part_sums.compute_root().vectorize(unit, vector, guard).parallel(chunk);
    mean.part_sums.update()
        .reorder(unit, mean.in_chunk.x, chunk)
        .vectorize(unit, vector, guard)
        .parallel(chunk);
    mean.sums.compute_root().vectorize(unit, vector, guard);
    mean.sums.update().reorder(unit, mean.chunks.x).vectorize(unit, vector, guard);
    mean.average.compute_root().vectorize(unit, vector, guard);
}

}  // namespace fsd
