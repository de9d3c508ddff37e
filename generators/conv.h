// The convolution of ordinary layers (MATH 2.5).
#pragma once

#include "generators/convolution.h"

namespace fsd {

class Conv : public Convolution<Conv> {
public:
    Output<Buffer<float, 4>> preactivation{"preactivation"};  // output, output_x, output_y, sample

    void generate();
    void schedule();
};

}  // namespace fsd
