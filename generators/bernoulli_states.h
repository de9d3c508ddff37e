// The network's input: each color of each pixel is a Bernoulli variable (MATH 1).
#pragma once

#include "generators/operator.h"

namespace fsd {

class BernoulliStates : public Operator<BernoulliStates> {
public:
    Input<Buffer<uint8_t, 4>> image{"image"};             // color, x, y, sample
    Output<Buffer<float, 4>> probability{"probability"};  // channel = 2 color + state, x, y, sample

    void generate();
    void schedule();

private:
    Halide::Var channel{"channel"}, x{"x"}, y{"y"}, sample{"sample"};
};

}  // namespace fsd
