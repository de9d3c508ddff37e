// Gradient through marginal pooling and the Bayes' rule before it, in one pass (MATH 2.4 and 3).
#pragma once

#include "generators/operator.h"
#include "generators/row_reduction.h"

namespace fsd {

class NormalizeMarginalPoolBackward : public Operator<NormalizeMarginalPoolBackward> {
public:
    Input<Buffer<float, 5>> posterior{"posterior"};    // state, group, x, y, sample
    Input<Buffer<float, 5>> d_marginal{"d_marginal"};  // state, group, pool_x, pool_y, sample
    Input<int> pool_window_y{"pool_window_y"};
    Input<int> pool_window_x{"pool_window_x"};
    Input<int> pool_stride_y{"pool_stride_y"};
    Input<int> pool_stride_x{"pool_stride_x"};
    Output<Buffer<float, 5>> d_logits{"d_logits"};  // state, group, x, y, sample

    void generate();
    void schedule();

private:
    Halide::Var state{"state"}, group{"group"}, x{"x"}, y{"y"}, sample{"sample"};
    Halide::Var pool_x{"pool_x"}, pool_y{"pool_y"};
    Halide::RDom overlap;
    Halide::Func share{"share"};  // pool_x, pool_y: 1 / number of sites in the window
    Halide::Func d_posterior{"d_posterior"}, weighted{"weighted"};  // state, group, x, y, sample
    RowReduction mean{"mean"};
};

}  // namespace fsd
