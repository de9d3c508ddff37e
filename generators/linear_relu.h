// The linear operator of ordinary layers followed by relu (MATH 2.5).
#pragma once

#include "generators/linear_layer.h"

namespace fsd {

class LinearRelu : public LinearLayer<LinearRelu> {
public:
    Output<Buffer<float, 2>> activation{"activation"};  // output, sample

    void generate();
    void schedule();
};

}  // namespace fsd
