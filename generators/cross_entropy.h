// The loss of a classifier and its gradient at the logits (MATH 2.4).
#pragma once

#include "generators/operator.h"

namespace fsd {

class CrossEntropy : public Operator<CrossEntropy> {
public:
    Input<Buffer<float, 2>> log_posterior{"log_posterior"};  // class, sample
    Input<Buffer<int32_t, 1>> label{"label"};                // sample
    Output<Buffer<float, 1>> loss{"loss"};                   // sample
    Output<Buffer<float, 2>> d_logits{"d_logits"};           // class, sample

    void generate();
    void schedule();

private:
    Halide::Var clas{"class"}, sample{"sample"};
};

}  // namespace fsd
