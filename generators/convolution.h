// What the convolution of ordinary layers and its fusions share: their inputs and the stages up to the
// preactivation.
#pragma once

#include "generators/operator.h"
#include "generators/schedule_parameters.h"
#include "generators/start_at_zero.h"
#include "generators/window_evidence.h"

namespace fsd {

template<typename Op>
class Convolution : public Operator<Op> {
public:
    template<typename T>
    using Input = Halide::GeneratorInput<T>;
    template<typename T>
    using Output = Halide::GeneratorOutput<T>;
    using Expr = Halide::Expr;
    template<typename T, int D>
    using Buffer = Halide::Buffer<T, D>;

    Input<Buffer<float, 4>> features{"features"};  // input, x, y, sample
    Input<Buffer<float, 4>> weight{"weight"};      // output, input, window_x, window_y
    Input<Buffer<float, 1>> bias{"bias"};          // output
    Input<int> stride_y{"stride_y"};
    Input<int> stride_x{"stride_x"};
    Input<int> padding_y{"padding_y"};
    Input<int> padding_x{"padding_x"};
    ScheduleTemplate measured;

protected:
    Halide::Var output{"output"}, output_x{"output_x"}, output_y{"output_y"}, sample{"sample"};
    Places places;
    WindowEvidence window;

    // result: output, output_x, output_y, sample. activation: of the preactivation.
    template<typename Activation>
    void define(Output<Buffer<float, 4>> &result, const Activation &activation) {
        start_at_zero({features, weight, bias, result});
        define_window(result.dim(1).extent());
        require_window(*this, window.columns, result.dim(1).extent(), window.rows, result.dim(2).extent());
        places =
            define_map(result, {output, output_x, output_y, sample}, window.order(), result.dim(2).extent(),
                       result.dim(3).extent(), [&](const std::vector<Expr> &place) {
                           return activation(window.at(output, Expr(), place));
                       });

        features.set_estimates({{0, 32}, {0, 34}, {0, 34}, {0, 16}});
        weight.set_estimates({{0, 64}, {0, 32}, {0, 3}, {0, 3}});
        bias.set_estimates({{0, 64}});
        result.set_estimates({{0, 64}, {0, 32}, {0, 32}, {0, 16}});
    }

private:
    void define_window(const Expr &width) {
        window.columns = {features.dim(1).extent(), weight.dim(2).extent(), stride_x, padding_x};
        window.rows = {features.dim(2).extent(), weight.dim(3).extent(), stride_y, padding_y};
        window.width = width;
        window.kind = FilterKind::weights;
        window.inputs = features.dim(0).extent();
        window.states = weight.dim(0).extent();
        window.groups = 1;
        window.lanes = measured.number(this->target, vector_width(this->target));
        window.define(
            features,
            [&](const Expr &to, const Expr &, const Expr &from, const Expr &x, const Expr &y) {
                return weight(to, from, x, y);
            },
            [&](const Expr &to, const Expr &) { return bias(to); });
    }
};

}  // namespace fsd
