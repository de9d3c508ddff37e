// An affine function of each channel: batch normalization at inference, scaling of real inputs (MATH 6).
#pragma once

#include "generators/operator.h"

namespace fsd {

class AffineChannels : public Operator<AffineChannels> {
public:
    Input<Buffer<float, 2>> features{"features"};  // channel, site
    Input<Buffer<float, 1>> slope{"slope"};        // channel
    Input<Buffer<float, 1>> offset{"offset"};      // channel
    Output<Buffer<float, 2>> scaled{"scaled"};     // channel, site

    void generate();
    void schedule();

private:
    Halide::Var channel{"channel"}, site{"site"};
};

}  // namespace fsd
