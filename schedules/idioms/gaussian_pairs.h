// Integrals over correlations: vectors of pairs, each with all of its nodes.
#pragma once

#include "generators/gaussian_pairs.h"

namespace fsd {

// The nodes' loop holds nothing but arithmetic: what a pair needs is gathered once per vector, for all nodes.
//
// Measured on an AMD EPYC (Zen 5, AVX-512): see docs/results.md.
template<typename Result>
void schedule_pairs(GaussianPairs &pairs, Result &result_covariance, const Halide::Var &other,
                    const Halide::Var &unit, int vector) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::Var lane{"lane"};
    Triangle &triangle = pairs.triangle;
    pairs.finite_nodes.compute_root();
    triangle.func.compute_root()
        .split(triangle.place, triangle.place, lane, vector, Halide::TailStrategy::RoundUp)
        .vectorize(lane)
        .parallel(triangle.pair);
    pairs.data.compute_at(triangle.func, triangle.place).vectorize(triangle.place);
    pairs.sum.compute_at(triangle.func, triangle.place).vectorize(triangle.place);
    pairs.sum.update().reorder(triangle.place, pairs.nodes.x).vectorize(triangle.place);
    result_covariance.vectorize(other, vector, guard).parallel(unit, 16, guard);
}

}  // namespace fsd
