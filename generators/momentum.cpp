// velocity = momentum velocity + gradient, parameter -= rate velocity.
#include "generators/momentum.h"

namespace fsd {

void Momentum::generate() {
    const Expr v = momentum * velocity(element) + gradient(element);
    updated_parameter(element) = parameter(element) - rate * v;
    updated_velocity(element) = v;

    const Expr first = parameter.dim(0).min(), elements = parameter.dim(0).extent();
    for (auto *input : {&gradient, &velocity}) {
        input->dim(0).set_bounds(first, elements);
    }
    for (auto *input : {&parameter, &gradient, &velocity}) {
        input->set_estimates({{0, 12800}});
    }
    for (auto *output : {&updated_parameter, &updated_velocity}) {
        output->dim(0).set_bounds(first, elements);
        output->set_estimates({{0, 12800}});
    }
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::Momentum, momentum)
