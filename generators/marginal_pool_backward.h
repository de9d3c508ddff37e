// Gradient of marginal_pool (MATH 3).
#pragma once

#include "generators/operator.h"

namespace fsd {

class MarginalPoolBackward : public Operator<MarginalPoolBackward> {
public:
    Input<Buffer<float, 4>> d_marginal{"d_marginal"};  // channel, pool_x, pool_y, sample
    Input<int> pool_window_y{"pool_window_y"};
    Input<int> pool_window_x{"pool_window_x"};
    Input<int> pool_stride_y{"pool_stride_y"};
    Input<int> pool_stride_x{"pool_stride_x"};
    Output<Buffer<float, 4>> d_probability{"d_probability"};  // channel, x, y, sample

    void generate();
    void schedule();

private:
    Halide::Var channel{"channel"}, x{"x"}, y{"y"}, sample{"sample"};
    Halide::RDom overlap;
    Halide::Func sum{"sum"};
};

}  // namespace fsd
