// Marginal pooling in the log domain (MATH 3).
#pragma once

#include "generators/operator.h"

namespace fsd {

class LogMarginalPool : public Operator<LogMarginalPool> {
public:
    Input<Buffer<float, 4>> log_probability{"log_probability"};  // channel, x, y, sample
    Input<int> pool_window_y{"pool_window_y"};
    Input<int> pool_window_x{"pool_window_x"};
    Input<int> pool_stride_y{"pool_stride_y"};
    Input<int> pool_stride_x{"pool_stride_x"};
    Output<Buffer<float, 4>> log_marginal{"log_marginal"};  // channel, pool_x, pool_y, sample

    void generate();
    void schedule();

private:
    Halide::Var channel{"channel"}, pool_x{"pool_x"}, pool_y{"pool_y"}, sample{"sample"};
    Halide::RDom offset, offset_of_few, offset_of_many;
    Halide::Func peak{"peak"}, mass{"mass"}, mass_of_many{"mass_of_many"};
};

}  // namespace fsd
