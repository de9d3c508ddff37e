// Bayes' rule for one distribution at a time, in the lanes of vectors.
#pragma once

#include "generators/bayes.h"

namespace fsd {

// Computes the stages at `loop` of `consumer`, in which one distribution is normalized.
inline void normalize_rows(Bayes &bayes, int lanes, const Halide::Func &consumer, const Halide::Var &loop) {
    const auto guard = Halide::TailStrategy::GuardWithIf;
    Halide::RVar chunk{"chunk"}, part{"part"};
    Halide::Var lane{"lane"};
    for (Halide::Func total : {bayes.peak, bayes.mass}) {
        total.compute_at(consumer, loop);
        total.update().split(bayes.states, chunk, part, lanes, guard);
        Halide::Func partial = total.update().rfactor(part, lane);
        partial.compute_at(consumer, loop).vectorize(lane);
        partial.update().vectorize(lane);
        total.update().atomic().vectorize(part);
    }
    bayes.weight.compute_at(consumer, loop)
        .store_in(Halide::MemoryType::Stack)
        .vectorize(bayes.state, lanes, guard);
    bayes.scale.compute_at(consumer, loop);
    bayes.log_mass.compute_at(consumer, loop);
}

}  // namespace fsd
