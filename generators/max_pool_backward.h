// Gradient of max_pool (MATH 3).
#pragma once

#include "generators/operator.h"

namespace fsd {

class MaxPoolBackward : public Operator<MaxPoolBackward> {
public:
    Input<Buffer<float, 4>> probability{"probability"};  // channel, x, y, sample
    Input<Buffer<float, 4>> d_maximum{"d_maximum"};      // channel, pool_x, pool_y, sample
    Input<int> pool_window_y{"pool_window_y"};
    Input<int> pool_window_x{"pool_window_x"};
    Input<int> pool_stride_y{"pool_stride_y"};
    Input<int> pool_stride_x{"pool_stride_x"};
    Output<Buffer<float, 4>> d_probability{"d_probability"};  // channel, x, y, sample

    void generate();
    void schedule();

private:
    Halide::Var channel{"channel"}, pool_x{"pool_x"}, pool_y{"pool_y"}, x{"x"}, y{"y"}, sample{"sample"};
    Halide::RDom offset, overlap;
    Halide::Func peak{"peak"}, first{"first"}, place{"place"}, sum{"sum"};
};

}  // namespace fsd
