// Small products without tiles: several terms of a sum in one go, so that the sums of a vector are read and
// written once for all of them, and two rows, so that what is read of the terms serves both. With one row,
// four terms had taken gated_recursion from 20 to 12 ms and expanded_forward from 1.8 to 1.0 ms (AVX2, the
// shapes of bench_teacher); eight factors, four terms and two sums are 14 of 16 registers.
#pragma once

#include "Halide.h"

namespace fsd {

// sum(lane, row, ...) += left(term, row) right(lane, term), in vectors of `vector` lanes. Terms are added in
// order.
inline void unroll_terms(Halide::Func sum, const Halide::RVar &term, const Halide::Var &lane,
                         const Halide::Var &row, int vector) {
    constexpr int at_once = 4, rows_at_once = 2;
    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::Var lanes{"lanes"}, one{"one"};
    Halide::RVar round{"round"}, turn{"turn"};
    sum.update()
        .split(lane, lane, lanes, vector, guard)
        .split(term, round, turn, at_once, guard)
        .split(row, row, one, rows_at_once, guard)
        .reorder(lanes, turn, one, lane, round, row)
        .vectorize(lanes)
        .unroll(turn)
        .unroll(one);
}

}  // namespace fsd
