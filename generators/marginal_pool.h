// Pooling as marginalization: the mean of the distributions in a window, the position being uniform (MATH 3).
#pragma once

#include "generators/operator.h"

namespace fsd {

class MarginalPool : public Operator<MarginalPool> {
public:
    Input<Buffer<float, 4>> probability{"probability"};  // channel, x, y, sample
    Input<int> pool_window_y{"pool_window_y"};
    Input<int> pool_window_x{"pool_window_x"};
    Input<int> pool_stride_y{"pool_stride_y"};
    Input<int> pool_stride_x{"pool_stride_x"};
    Output<Buffer<float, 4>> marginal{"marginal"};  // channel, pool_x, pool_y, sample

    void generate();
    void schedule();

private:
    Halide::Var channel{"channel"}, pool_x{"pool_x"}, pool_y{"pool_y"}, sample{"sample"};
    Halide::RDom offset, offset_of_many;
    Halide::Func sum{"sum"}, sum_of_many{"sum_of_many"};
};

}  // namespace fsd
