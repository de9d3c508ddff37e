// d_preactivation = 2 / sqrt(pi) exp(-z^2) d_activation.
#include "generators/erf_backward.h"

#include "generators/error_function.h"

namespace fsd {

void ErfBackward::generate() {
    define([](const Expr &z, const Expr &gradient) {
        return strict_product(error_function_slope(z), gradient);
    });
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::ErfBackward, erf_backward)
