// The convolution of ordinary layers followed by relu (MATH 2.5).
#pragma once

#include "generators/convolution.h"

namespace fsd {

class ConvRelu : public Convolution<ConvRelu> {
public:
    Output<Buffer<float, 4>> activation{"activation"};  // output, output_x, output_y, sample

    void generate();
    void schedule();
};

}  // namespace fsd
