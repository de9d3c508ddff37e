// states = (1 - p, p) of each probability p, the difference rounded once.
#include "generators/probability_states.h"

#include "generators/strict.h"

namespace fsd {

void ProbabilityStates::generate() {
    const Expr p = probability(channel / 2, x, y, sample);
    states(channel, x, y, sample) = select(channel % 2 == 0, strict_difference(1.f, p), p);

    probability.set_estimates({{0, 1}, {0, 28}, {0, 28}, {0, 64}});
    states.set_estimates({{0, 2}, {0, 28}, {0, 28}, {0, 64}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::ProbabilityStates, probability_states)
