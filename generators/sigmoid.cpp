// activation = 1 / (1 + exp(-log_evidence)).
#include "generators/sigmoid.h"

#include "generators/approximations.h"

namespace fsd {

void Sigmoid::generate() {
    define(logistic);
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::Sigmoid, sigmoid)
