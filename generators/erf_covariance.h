// Mean and covariance of the error function of jointly Gaussian numbers (docs/analysis.md).
#pragma once

#include "generators/gaussian_pairs.h"
#include "generators/operator.h"

namespace fsd {

class ErfCovariance : public Operator<ErfCovariance> {
public:
    Input<Buffer<double, 1>> mean{"mean"};                             // unit
    Input<Buffer<double, 2>> covariance{"covariance"};                 // other, unit
    Input<Buffer<double, 1>> node{"node"};                             // node
    Input<Buffer<double, 1>> node_weight{"node_weight"};               // node
    Output<Buffer<double, 1>> result_mean{"result_mean"};              // unit
    Output<Buffer<double, 2>> result_covariance{"result_covariance"};  // other, unit

    void generate();
    void schedule();

private:
    Halide::Var unit{"unit"}, other{"other"};
    Halide::Func units{"units"};  // unit: b, 1 / sqrt(1 + 2 S)
    GaussianPairs pairs;
};

}  // namespace fsd
