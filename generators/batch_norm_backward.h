// Gradient of batch_norm (MATH 6).
#pragma once

#include "generators/operator.h"

namespace fsd {

class BatchNormBackward : public Operator<BatchNormBackward> {
public:
    Input<Buffer<float, 2>> preactivation{"preactivation"};  // channel, site
    Input<Buffer<float, 1>> mean{"mean"};                    // channel
    Input<Buffer<float, 1>> variance{"variance"};            // channel
    Input<Buffer<float, 1>> scale{"scale"};                  // channel
    Input<float> epsilon{"epsilon"};
    Input<Buffer<float, 2>> d_normalized{"d_normalized"};         // channel, site
    Output<Buffer<float, 2>> d_preactivation{"d_preactivation"};  // channel, site
    Output<Buffer<float, 1>> d_scale{"d_scale"};                  // channel
    Output<Buffer<float, 1>> d_shift{"d_shift"};                  // channel

    void generate();
    void schedule();

private:
    Halide::Var channel{"channel"}, site{"site"};
    Halide::RDom sites;
    Halide::Func sums{"sums"}, totals{"totals"};  // channel: of d and of d (z - mean), float64
    Halide::Func inverse{"inverse"};              // channel: 1 / deviation, float64
    // By channel: what each site's gradient is corrected by, and what it is multiplied by.
    Halide::Func common{"common"}, share{"share"}, slope{"slope"};
};

}  // namespace fsd
