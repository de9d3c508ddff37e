// Moments decay towards the gradient and its square; the step is their quotient, freed of the bias of the
// start.
#include "generators/adam.h"

namespace fsd {

void Adam::generate() {
    const Expr g = gradient(element);
    const Expr m = beta1 * moment1(element) + (1.f - beta1) * g;
    const Expr v = beta2 * moment2(element) + (1.f - beta2) * g * g;
    const Expr step = rate * (m / correction1) / (sqrt(v / correction2) + epsilon);
    updated_parameter(element) = parameter(element) - step;
    updated_moment1(element) = m;
    updated_moment2(element) = v;

    const Expr first = parameter.dim(0).min(), elements = parameter.dim(0).extent();
    for (auto *input : {&gradient, &moment1, &moment2}) {
        input->dim(0).set_bounds(first, elements);
    }
    for (auto *output : {&updated_parameter, &updated_moment1, &updated_moment2}) {
        output->dim(0).set_bounds(first, elements);
    }
    for (auto *input : {&parameter, &gradient, &moment1, &moment2}) {
        input->set_estimates({{0, 12800}});
    }
    for (auto *output : {&updated_parameter, &updated_moment1, &updated_moment2}) {
        output->set_estimates({{0, 12800}});
    }
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::Adam, adam)
