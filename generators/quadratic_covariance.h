// Mean and covariance of z + alpha z^2, exact for any distribution with the given cumulants
// (docs/analysis.md).
#pragma once

#include "generators/double_precision.h"
#include "generators/operator.h"

namespace fsd {

class QuadraticCovariance : public Operator<QuadraticCovariance> {
public:
    Input<Buffer<double, 1>> mean{"mean"};                        // unit
    Input<Buffer<double, 2>> covariance{"covariance"};            // other, unit
    Input<Buffer<double, 2>> third_cumulant{"third_cumulant"};    // other, unit
    Input<Buffer<double, 2>> fourth_cumulant{"fourth_cumulant"};  // other, unit
    Input<double> curvature{"curvature"};
    Output<Buffer<double, 1>> result_mean{"result_mean"};              // unit
    Output<Buffer<double, 2>> result_covariance{"result_covariance"};  // other, unit

    void generate();
    void schedule();

private:
    Halide::Var unit{"unit"}, other{"other"};
};

}  // namespace fsd
