// activation = erf(preactivation).
#include "generators/erf.h"

#include "generators/error_function.h"

namespace fsd {

void Erf::generate() {
    define(error_function);
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::Erf, erf)
