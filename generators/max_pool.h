// Max pooling, an approximation of marginal pooling: max - log N <= log marginal <= max (MATH 3).
#pragma once

#include "generators/operator.h"

namespace fsd {

class MaxPool : public Operator<MaxPool> {
public:
    Input<Buffer<float, 4>> probability{"probability"};  // channel, x, y, sample
    Input<int> pool_window_y{"pool_window_y"};
    Input<int> pool_window_x{"pool_window_x"};
    Input<int> pool_stride_y{"pool_stride_y"};
    Input<int> pool_stride_x{"pool_stride_x"};
    Output<Buffer<float, 4>> maximum{"maximum"};  // channel, pool_x, pool_y, sample

    void generate();
    void schedule();

private:
    Halide::Var channel{"channel"}, pool_x{"pool_x"}, pool_y{"pool_y"}, sample{"sample"};
    Halide::RDom offset;
    Halide::Func peak{"peak"};
};

}  // namespace fsd
