// The KLD convolution, Bayes' rule and the marginalization of the position, with the log-evidence that Bayes'
// rule divides by (MATH 2.1, 2.6, 3).
#pragma once

#include "generators/grouped_convolution.h"
#include "generators/pool_window.h"

namespace fsd {

class KldConvNormalizeMarginalPoolLogNormalizer
    : public GroupedConvolution<KldConvNormalizeMarginalPoolLogNormalizer> {
public:
    Input<int> pool_window_y{"pool_window_y"};
    Input<int> pool_window_x{"pool_window_x"};
    Input<int> pool_stride_y{"pool_stride_y"};
    Input<int> pool_stride_x{"pool_stride_x"};
    Output<Buffer<float, 5>> marginal{"marginal"};              // state, group, pool_x, pool_y, sample
    Output<Buffer<float, 4>> log_normalizer{"log_normalizer"};  // group, output_x, output_y, sample

    void generate();
    void schedule();

private:
    Halide::Var pool_x{"pool_x"}, pool_y{"pool_y"};
    Halide::RDom offset;
    Halide::Func sum{"pool_sum"}, mean{"pool_mean"};
    Halide::Func row_normalizer{"row_normalizer"};  // group, place...
};

}  // namespace fsd
