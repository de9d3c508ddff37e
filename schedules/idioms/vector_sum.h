// Sums along rows of any length.
#pragma once

#include "Halide.h"

namespace fsd {

// Splits total(...) += row(states, ...) into vectors that are added up across their lanes; rows shorter than
// a vector are summed one by one. `part` is the loop inside the vector. The order of the additions depends on
// the row's length only.
inline void sum_in_vectors(Halide::Stage total, const Halide::RVar &states, const Halide::RVar &part,
                           const Halide::Expr &count, int natural) {
    Halide::RVar chunk{"chunk"};
    total.specialize(count >= natural)
        .split(states, chunk, part, natural, Halide::TailStrategy::GuardWithIf)
        .atomic()
        .vectorize(part);
    total.split(states, chunk, part, 1);
}

}  // namespace fsd
