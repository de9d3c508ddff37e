// Element-wise operators: one run of numbers where the rows of all tensors lie behind one another.
#pragma once

#include "schedules/idioms/parallel_rows.h"

#include <vector>

namespace fsd {

// True where axis 1 of every tensor follows axis 0, of extent `length`, without a gap. The axes must start at
// 0, so that the compiler sees one run of addresses: (i / n) n + i % n = i.
inline Halide::Expr rows_touch(const std::vector<Halide::OutputImageParam> &tensors,
                               const Halide::Expr &length) {
    Halide::Expr all = length >= 1;
    for (Halide::OutputImageParam tensor : tensors) {
        tensor.dim(0).set_min(0);
        all = all && tensor.dim(1).stride() == length;
    }
    return all;
}

// Schedules output(state, site) that reads its inputs at (state, site) only.
template<typename Output>
void element_wise(Output &output, std::vector<Halide::OutputImageParam> tensors, const Halide::Var &state,
                  const Halide::Var &site, int vector) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const Halide::Expr length = output.dim(0).extent();
    Halide::Var lane{"lane"}, run{"run"};
    tensors.push_back(output);
    output.specialize(rows_touch(tensors, length))
        .fuse(state, site, run)
        .split(run, run, lane, vector, guard)
        .vectorize(lane)
        .parallel(run, elements_per_task / vector, guard);
    output.vectorize(state, vector, guard);
    parallel_rows(output, site, length);
}

}  // namespace fsd
