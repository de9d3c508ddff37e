// The sums over all inputs, computed for a strip of samples and a block of outputs.
#pragma once

#include "generators/linear_evidence.h"
#include "schedules/idioms/pack_panels.h"
#include "schedules/idioms/register_tile.h"

namespace fsd {

// Computes the sums at `task` of `consumer`.
inline void sum_in_strips(LinearEvidence &linear, const Halide::Target &target, const Halide::Func &consumer,
                          const Halide::Var &task) {
    Halide::Var tile{"tile"};
    pack_panels(linear.filters);
    linear.sums.compute_at(consumer, task);
    in_register_tiles(linear.sums, linear.filters, linear.output, linear.sample, tile, target);
    sum_in_registers(linear.sum, linear.filters.lane, linear.filters.panel, linear.sample, {linear.term},
                     linear.sums, tile);
}

// Schedules a linear operator's result, log_evidence(output, sample).
template<typename Result>
void linear_in_strips(Result &log_evidence, const Halide::Var &output, const Halide::Var &sample,
                      LinearEvidence &linear, const Halide::Target &target) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::Var strip{"strip"}, block{"block"}, task{"task"};
    log_evidence.split(sample, strip, sample, 96, guard)
        .split(output, block, output, 256, guard)
        .reorder(output, sample, strip, block)
        .vectorize(output, linear.filters.lanes, guard)
        .fuse(strip, block, task)
        .never_partition(sample, task)
        .parallel(task);
    sum_in_strips(linear, target, log_evidence, task);
}

}  // namespace fsd
