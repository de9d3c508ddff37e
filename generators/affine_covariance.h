// Mean and covariance of W^T y + b, in float64 (docs/analysis.md).
#pragma once

#include "generators/blocked_product.h"
#include "generators/operator.h"

namespace fsd {

class AffineCovariance : public Operator<AffineCovariance> {
public:
    Input<Buffer<double, 1>> input_mean{"input_mean"};                 // input
    Input<Buffer<double, 2>> input_covariance{"input_covariance"};     // input, input; symmetric
    Input<Buffer<double, 2>> slope_matrix{"slope_matrix"};             // unit, input
    Input<Buffer<double, 1>> offset_vector{"offset_vector"};           // unit
    Output<Buffer<double, 1>> result_mean{"result_mean"};              // unit
    Output<Buffer<double, 2>> result_covariance{"result_covariance"};  // other, unit

    void generate();
    void schedule();

private:
    Halide::Var unit{"unit"}, other{"other"}, input{"input"};
    Halide::RDom inputs;
    Halide::Func mean{"mean"};
    Halide::Func half{"half"};  // unit, input: S W
    BlockedProduct first, second;
};

}  // namespace fsd
