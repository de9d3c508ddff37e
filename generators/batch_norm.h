// Batch normalization in training: each channel by its mean and variance over the sites (MATH 6).
#pragma once

#include "generators/operator.h"

namespace fsd {

class BatchNorm : public Operator<BatchNorm> {
public:
    Input<Buffer<float, 2>> preactivation{"preactivation"};  // channel, site
    Input<Buffer<float, 1>> scale{"scale"};                  // channel
    Input<Buffer<float, 1>> shift{"shift"};                  // channel
    Input<float> epsilon{"epsilon"};
    Output<Buffer<float, 1>> mean{"mean"};              // channel
    Output<Buffer<float, 1>> variance{"variance"};      // channel
    Output<Buffer<float, 2>> normalized{"normalized"};  // channel, site

    void generate();
    void schedule();

private:
    Halide::Var channel{"channel"}, site{"site"};
    Halide::RDom sites;
    // float64, per channel; the outputs are not read: Halide 21 reads an output as if its memory were
    // aligned.
    Halide::Func sum{"sum"}, center{"center"}, squares{"squares"}, spread{"spread"};
    Halide::Func slope{"slope"};  // float32
};

}  // namespace fsd
