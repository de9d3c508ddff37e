// The linear operator of ordinary layers (MATH 2.5).
#pragma once

#include "generators/linear_layer.h"

namespace fsd {

class Linear : public LinearLayer<Linear> {
public:
    Output<Buffer<float, 2>> preactivation{"preactivation"};  // output, sample

    void generate();
    void schedule();
};

}  // namespace fsd
