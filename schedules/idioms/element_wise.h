// Element-wise operators: one run of numbers where the rows of all tensors lie behind one another.
#pragma once

#include "schedules/idioms/parallel_rows.h"

#include <vector>

namespace fsd {

// True where axis 1 of every tensor follows axis 0 without a gap. Requires of the inputs that axis 0 starts
// at 0 and axis 1 where the output's does, so that the compiler sees one run of addresses: (i / n) n + i % n
// = i.
inline Halide::Expr rows_touch(Halide::OutputImageParam output,
                               const std::vector<Halide::OutputImageParam> &inputs) {
    const Halide::Expr length = output.dim(0).extent();
    output.dim(0).set_min(0);
    Halide::Expr all = length >= 1 && output.dim(1).stride() == length;
    for (Halide::OutputImageParam input : inputs) {
        input.dim(0).set_min(0);
        input.dim(1).set_min(output.dim(1).min());
        all = all && input.dim(1).stride() == length;
    }
    return all;
}

// Schedules output(state, site) that reads its inputs at (state, site) only.
template<typename Output>
void element_wise(Output &output, const std::vector<Halide::OutputImageParam> &inputs,
                  const Halide::Var &state, const Halide::Var &site, int vector) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::Var lane{"lane"}, run{"run"};
    output.specialize(rows_touch(output, inputs))
        .fuse(state, site, run)
        .split(run, run, lane, vector, guard)
        .vectorize(lane)
        .parallel(run, elements_per_task / vector, guard);
    output.vectorize(state, vector, guard);
    parallel_rows(output, site, output.dim(0).extent());
}

}  // namespace fsd
