// The KLD convolution followed by Bayes' rule and by the marginalization of the position (MATH 2.1, 3).
#pragma once

#include "generators/grouped_convolution.h"
#include "generators/pool_window.h"

namespace fsd {

class KldConvNormalizeMarginalPool : public GroupedConvolution<KldConvNormalizeMarginalPool> {
public:
    Input<int> pool_window_y{"pool_window_y"};
    Input<int> pool_window_x{"pool_window_x"};
    Input<int> pool_stride_y{"pool_stride_y"};
    Input<int> pool_stride_x{"pool_stride_x"};
    Output<Buffer<float, 5>> marginal{"marginal"};  // state, group, pool_x, pool_y, sample

    void generate();
    void schedule();

private:
    Halide::Var pool_x{"pool_x"}, pool_y{"pool_y"};
    Halide::RDom offset;
    Halide::Func sum{"pool_sum"}, mean{"pool_mean"};
};

}  // namespace fsd
