// Gradient of renormalized_max_pool (MATH 3).
#pragma once

#include "generators/operator.h"

namespace fsd {

class RenormalizedMaxPoolBackward : public Operator<RenormalizedMaxPoolBackward> {
public:
    Input<Buffer<float, 5>> probability{"probability"};  // state, group, x, y, sample
    Input<Buffer<float, 5>> d_maximum{"d_maximum"};      // state, group, pool_x, pool_y, sample
    Input<int> pool_window_y{"pool_window_y"};
    Input<int> pool_window_x{"pool_window_x"};
    Input<int> pool_stride_y{"pool_stride_y"};
    Input<int> pool_stride_x{"pool_stride_x"};
    Output<Buffer<float, 5>> d_probability{"d_probability"};  // state, group, x, y, sample

    void generate();
    void schedule();

private:
    Halide::Var state{"state"}, group{"group"}, pool_x{"pool_x"}, pool_y{"pool_y"}, x{"x"}, y{"y"},
        sample{"sample"};
    Halide::RDom offset, states, overlap;
    Halide::Func largest{"largest"}, first{"first"}, peak{"peak"}, total{"total"}, inner{"inner"},
        scale{"scale"}, sum{"sum"};
};

}  // namespace fsd
