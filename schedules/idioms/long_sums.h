// Linear layers of any number of inputs: the code of ordinary ones stays what it is without long sums.
#pragma once

#include "generators/long_sums.h"
#include "schedules/idioms/blocked_sum.h"
#include "schedules/idioms/linear_strips.h"

namespace fsd {

// Schedules a linear operator's result, log_evidence(output, sample).
template<typename Result>
void linear_in_strips(Result &log_evidence, const Halide::Var &output, const Halide::Var &sample,
                      LinearEvidence &linear, LongSums &many, const LinearTiling &tiling) {
    linear_in_strips(log_evidence, output, sample, linear, tiling);
    write_vector_by_vector(log_evidence.specialize(many.are_short), linear);
    const Halide::Var tile{"tile"}, task{"task"};  // that of linear_in_strips
    many.sums.compute_at(log_evidence, task);
    in_register_tiles(many.sums, linear.filters, linear.output, linear.sample, tile, tiling.registers);
    sum_blocks(many.blocked, linear.filters.lane, linear.filters.panel, linear.sample, many.sums, tile,
               tiling.registers.unrolled_terms);
}

}  // namespace fsd
