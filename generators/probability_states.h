// The network's input where the probabilities are given: the states of each Bernoulli variable (MATH 1).
#pragma once

#include "generators/operator.h"

namespace fsd {

class ProbabilityStates : public Operator<ProbabilityStates> {
public:
    Input<Buffer<float, 4>> probability{"probability"};  // color, x, y, sample
    Output<Buffer<float, 4>> states{"states"};           // channel = 2 color + state, x, y, sample

    void generate();
    void schedule();

private:
    Halide::Var channel{"channel"}, x{"x"}, y{"y"}, sample{"sample"};
};

}  // namespace fsd
