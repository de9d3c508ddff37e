// probability = (1 - v/255, v/255) of each byte v.
#include "generators/bernoulli_states.h"

#include "generators/bernoulli.h"

namespace fsd {

void BernoulliStates::generate() {
    probability(channel, x, y, sample) = probability_of_state(image(channel / 2, x, y, sample), channel % 2);

    image.set_estimates({{0, 1}, {0, 28}, {0, 28}, {0, 64}});
    probability.set_estimates({{0, 2}, {0, 28}, {0, 28}, {0, 64}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::BernoulliStates, bernoulli_states)
