// Sums along a row in the lanes of a vector.
#pragma once

#include "Halide.h"

namespace fsd {

// Turns total(...) += row(states, ...) into one partial sum per lane, computed at `loop` of `consumer`,
// followed by one sum over the lanes. The order of the additions depends on the row's length only.
inline void sum_in_lanes(Halide::Func total, const Halide::RVar &states, int lanes, Halide::Func consumer,
                         const Halide::Var &loop) {
    Halide::RVar chunk{"chunk"}, part{"part"};
    Halide::Var lane{"lane"};
    total.compute_at(consumer, loop);
    total.update().split(states, chunk, part, lanes, Halide::TailStrategy::GuardWithIf);
    Halide::Func partial = total.update().rfactor(part, lane);
    partial.compute_at(consumer, loop).vectorize(lane);
    partial.update().vectorize(lane);
    total.update().atomic().vectorize(part);
}

}  // namespace fsd
