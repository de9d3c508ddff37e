// Mean and covariance of samples, in float64 (docs/analysis.md).
#pragma once

#include "generators/blocked_product.h"
#include "generators/operator.h"
#include "generators/sample_mean.h"

namespace fsd {

class SampleCovariance : public Operator<SampleCovariance> {
public:
    Input<Buffer<float, 2>> samples{"samples"};                        // unit, sample
    Output<Buffer<double, 1>> result_mean{"result_mean"};              // unit
    Output<Buffer<double, 2>> result_covariance{"result_covariance"};  // other, unit

    void generate();
    void schedule();

private:
    Halide::Var unit{"unit"}, other{"other"};
    SampleMean mean;
    BlockedProduct product;
};

}  // namespace fsd
