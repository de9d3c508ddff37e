// probability = (1 - v/255, v/255) of each byte v.
#include "generators/bernoulli_states.h"

namespace fsd {

void BernoulliStates::generate() {
    const Expr success = image(channel / 2, x, y, sample);
    const Expr level = select(channel % 2 == 0, cast<uint8_t>(255) - success, success);
    probability(channel, x, y, sample) = cast<float>(level) / 255.f;

    image.set_estimates({{0, 1}, {0, 28}, {0, 28}, {0, 64}});
    probability.set_estimates({{0, 2}, {0, 28}, {0, 28}, {0, 64}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::BernoulliStates, bernoulli_states)
