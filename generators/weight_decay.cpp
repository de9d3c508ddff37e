// updated_parameter = keep parameter.
#include "generators/weight_decay.h"

namespace fsd {

void WeightDecay::generate() {
    updated_parameter(element) = parameter(element) * keep;

    parameter.set_estimates({{0, 12800}});
    updated_parameter.set_estimates({{0, 12800}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::WeightDecay, weight_decay)
