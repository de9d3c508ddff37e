// One step of gradient descent with momentum (MATH 6).
#pragma once

#include "generators/operator.h"

namespace fsd {

class Momentum : public Operator<Momentum> {
public:
    Input<Buffer<float, 1>> parameter{"parameter"};  // element
    Input<Buffer<float, 1>> gradient{"gradient"};    // element
    Input<Buffer<float, 1>> velocity{"velocity"};    // element
    Input<float> rate{"rate"};
    Input<float> momentum{"momentum"};
    Output<Buffer<float, 1>> updated_parameter{"updated_parameter"};  // element
    Output<Buffer<float, 1>> updated_velocity{"updated_velocity"};    // element

    void generate();
    void schedule();

private:
    Halide::Var element{"element"};
};

}  // namespace fsd
