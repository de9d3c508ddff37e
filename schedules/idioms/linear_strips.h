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

}  // namespace fsd
