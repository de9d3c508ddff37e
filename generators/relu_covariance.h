// Mean and covariance of the ReLU of jointly Gaussian numbers (docs/analysis.md), exact but for the
// quadrature.
#pragma once

#include "generators/gaussian_pairs.h"
#include "generators/operator.h"

namespace fsd {

class ReluCovariance : public Operator<ReluCovariance> {
public:
    Input<Buffer<double, 1>> mean{"mean"};                // unit
    Input<Buffer<double, 2>> covariance{"covariance"};    // other, unit
    Input<Buffer<double, 1>> node{"node"};                // node
    Input<Buffer<double, 1>> node_weight{"node_weight"};  // node
    Input<double> least_variance{"least_variance"};
    Output<Buffer<double, 1>> result_mean{"result_mean"};              // unit
    Output<Buffer<double, 2>> result_covariance{"result_covariance"};  // other, unit

    void generate();
    void schedule();

private:
    Halide::Var unit{"unit"}, other{"other"};
    Halide::Func units{"units"};          // unit: a, s, 1/s, Phi(a), phi(a)
    Halide::Func variances{"variances"};  // unit
    GaussianPairs pairs;
};

}  // namespace fsd
