// What element-wise nonlinearities and their gradients share: the tensors of one number per state and site.
#pragma once

#include "generators/operator.h"

namespace fsd {

// activation = formula(argument). An operator says how its argument is called.
template<typename Op>
class ActivationFormula : public Operator<Op> {
public:
    template<typename T>
    using Input = Halide::GeneratorInput<T>;
    template<typename T>
    using Output = Halide::GeneratorOutput<T>;
    using Expr = Halide::Expr;
    template<typename T, int D>
    using Buffer = Halide::Buffer<T, D>;

    Input<Buffer<float, 2>> argument;                   // state, site
    Output<Buffer<float, 2>> activation{"activation"};  // state, site

protected:
    Halide::Var state{"state"}, site{"site"};

    explicit ActivationFormula(const char *name) : argument(name) {}

    template<typename Formula>
    void define(Formula formula) {
        activation(state, site) = formula(argument(state, site));
        argument.set_estimates({{0, 64}, {0, 4096}});
        activation.set_estimates({{0, 64}, {0, 4096}});
    }
};

// d_argument = formula(argument, d_activation), where the argument is the input of the forward operator or
// its activation: what the formula is simpler of.
template<typename Op>
class ActivationBackward : public Operator<Op> {
public:
    template<typename T>
    using Input = Halide::GeneratorInput<T>;
    template<typename T>
    using Output = Halide::GeneratorOutput<T>;
    using Expr = Halide::Expr;
    template<typename T, int D>
    using Buffer = Halide::Buffer<T, D>;

    Input<Buffer<float, 2>> argument;                      // state, site
    Input<Buffer<float, 2>> d_activation{"d_activation"};  // state, site
    Output<Buffer<float, 2>> d_argument;                   // state, site

protected:
    Halide::Var state{"state"}, site{"site"};

    ActivationBackward(const char *name, const char *d_name) : argument(name), d_argument(d_name) {}

    template<typename Formula>
    void define(Formula formula) {
        d_argument(state, site) = formula(argument(state, site), d_activation(state, site));
        argument.set_estimates({{0, 64}, {0, 4096}});
        d_activation.set_estimates({{0, 64}, {0, 4096}});
        d_argument.set_estimates({{0, 64}, {0, 4096}});
    }
};

}  // namespace fsd
