// probability = v/255 of each byte v.
#include "generators/success_probability.h"

#include "generators/bernoulli.h"

namespace fsd {

void SuccessProbability::generate() {
    probability(color, x, y, sample) = probability_of_one(image(color, x, y, sample));

    image.set_estimates({{0, 1}, {0, 28}, {0, 28}, {0, 64}});
    probability.set_estimates({{0, 1}, {0, 28}, {0, 28}, {0, 64}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::SuccessProbability, success_probability)
