// Max pooling as an approximation of marginal pooling that keeps distributions normalized (MATH 3).
#pragma once

#include "generators/operator.h"

namespace fsd {

class RenormalizedMaxPool : public Operator<RenormalizedMaxPool> {
public:
    Input<Buffer<float, 5>> probability{"probability"};  // state, group, x, y, sample
    Input<int> pool_window_y{"pool_window_y"};
    Input<int> pool_window_x{"pool_window_x"};
    Input<int> pool_stride_y{"pool_stride_y"};
    Input<int> pool_stride_x{"pool_stride_x"};
    Output<Buffer<float, 5>> maximum{"maximum"};  // state, group, pool_x, pool_y, sample

    void generate();
    void schedule();

private:
    Halide::Var state{"state"}, group{"group"}, pool_x{"pool_x"}, pool_y{"pool_y"}, sample{"sample"};
    Halide::RDom offset, states;
    Halide::Func largest{"largest"}, total{"total"}, scale{"scale"};
};

}  // namespace fsd
