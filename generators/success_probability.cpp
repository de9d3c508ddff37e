// probability = v/255 of each byte v.
#include "generators/success_probability.h"

namespace fsd {

void SuccessProbability::generate() {
    probability(color, x, y, sample) = cast<float>(image(color, x, y, sample)) / 255.f;

    image.set_estimates({{0, 1}, {0, 28}, {0, 28}, {0, 64}});
    probability.set_estimates({{0, 1}, {0, 28}, {0, 28}, {0, 64}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::SuccessProbability, success_probability)
