// The slice kappa(z_i, z_i, z_j) of the third cumulants of samples, in float64 (docs/analysis.md).
#pragma once

#include "generators/blocked_product.h"
#include "generators/operator.h"
#include "generators/sample_mean.h"

namespace fsd {

class ThirdCumulants : public Operator<ThirdCumulants> {
public:
    Input<Buffer<float, 2>> samples{"samples"};                  // unit, sample
    Output<Buffer<double, 2>> third_cumulant{"third_cumulant"};  // other, unit

    void generate();
    void schedule();

private:
    Halide::Var unit{"unit"}, other{"other"};
    SampleMean mean;
    BlockedProduct product;
};

}  // namespace fsd
