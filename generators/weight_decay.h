// One step of decoupled weight decay (arXiv 1711.05101).
#pragma once

#include "generators/operator.h"

namespace fsd {

class WeightDecay : public Operator<WeightDecay> {
public:
    Input<Buffer<float, 1>> parameter{"parameter"};  // element
    Input<float> keep{"keep"};
    Output<Buffer<float, 1>> updated_parameter{"updated_parameter"};  // element

    void generate();
    void schedule();

private:
    Halide::Var element{"element"};
};

}  // namespace fsd
