// What the linear operator of ordinary layers and its fusions share: their inputs and the stages up to the
// preactivation.
#pragma once

#include "generators/linear_evidence.h"
#include "generators/long_sums.h"
#include "generators/operator.h"
#include "generators/schedule_parameters.h"
#include "generators/start_at_zero.h"

namespace fsd {

template<typename Op>
class LinearLayer : public Operator<Op> {
public:
    template<typename T>
    using Input = Halide::GeneratorInput<T>;
    template<typename T>
    using Output = Halide::GeneratorOutput<T>;
    using Expr = Halide::Expr;
    template<typename T, int D>
    using Buffer = Halide::Buffer<T, D>;

    Input<Buffer<float, 2>> features{"features"};  // input, sample
    Input<Buffer<float, 2>> weight{"weight"};      // output, input
    Input<Buffer<float, 1>> bias{"bias"};          // output
    ScheduleTemplate measured;

protected:
    Halide::Var output{"output"}, sample{"sample"};
    LinearEvidence linear;
    LongSums many;  // on a CPU

    // result: output, sample. activation: of the preactivation.
    template<typename Activation>
    void define(Output<Buffer<float, 2>> &result, const Activation &activation) {
        start_at_zero({features, weight, bias, result});
        linear.kind = FilterKind::weights;
        linear.inputs = features.dim(0).extent();
        linear.samples = features.dim(1).extent();
        linear.states = weight.dim(0).extent();
        linear.groups = 1;
        linear.lanes = measured.number(this->target, vector_width(this->target));
        linear.sum_few_on(this->get_target());
        linear.define(features,
                      [&](const Expr &to, const Expr &, const Expr &from) { return weight(to, from); });
        const Expr sum = many.sum_of(linear, features, this->get_target(), output, sample);
        result(output, sample) = activation(evidence(bias(output), Expr(), sum));

        features.set_estimates({{0, 784}, {0, 50}});
        weight.set_estimates({{0, 100}, {0, 784}});
        bias.set_estimates({{0, 100}});
        result.set_estimates({{0, 100}, {0, 50}});
    }
};

}  // namespace fsd
