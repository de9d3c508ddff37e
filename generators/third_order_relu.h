// What third cumulants change in the moments of ReLU: the first term of Gram and Charlier's series
// (docs/analysis.md).
#pragma once

#include "generators/double_precision.h"
#include "generators/operator.h"

namespace fsd {

class ThirdOrderRelu : public Operator<ThirdOrderRelu> {
public:
    Input<Buffer<double, 1>> mean{"mean"};                      // unit
    Input<Buffer<double, 2>> covariance{"covariance"};          // other, unit
    Input<Buffer<double, 2>> third_cumulant{"third_cumulant"};  // other, unit
    Input<double> least_variance{"least_variance"};
    Output<Buffer<double, 1>> mean_change{"mean_change"};                    // unit
    Output<Buffer<double, 2>> second_moment_change{"second_moment_change"};  // other, unit

    void generate();
    void schedule();

private:
    Halide::Var unit{"unit"}, other{"other"};
    Halide::Func units{"units"};  // unit: a, s, 1/s, phi(a)
    Halide::Func half{"half"};    // other, unit
};

}  // namespace fsd
