// One step of Adam (arXiv 1412.6980).
#pragma once

#include "generators/operator.h"

namespace fsd {

class Adam : public Operator<Adam> {
public:
    Input<Buffer<float, 1>> parameter{"parameter"};  // element
    Input<Buffer<float, 1>> gradient{"gradient"};    // element
    Input<Buffer<float, 1>> moment1{"moment1"};      // element
    Input<Buffer<float, 1>> moment2{"moment2"};      // element
    Input<float> rate{"rate"};
    Input<float> beta1{"beta1"};
    Input<float> beta2{"beta2"};
    Input<float> epsilon{"epsilon"};
    Input<float> correction1{"correction1"};
    Input<float> correction2{"correction2"};
    Output<Buffer<float, 1>> updated_parameter{"updated_parameter"};  // element
    Output<Buffer<float, 1>> updated_moment1{"updated_moment1"};      // element
    Output<Buffer<float, 1>> updated_moment2{"updated_moment2"};      // element

    void generate();
    void schedule();

private:
    Halide::Var element{"element"};
};

}  // namespace fsd
