// The network's input in log-odds form: the success probability of each Bernoulli pixel (MATH 2.3).
#pragma once

#include "generators/operator.h"

namespace fsd {

class SuccessProbability : public Operator<SuccessProbability> {
public:
    Input<Buffer<uint8_t, 4>> image{"image"};             // color, x, y, sample
    Output<Buffer<float, 4>> probability{"probability"};  // color, x, y, sample

    void generate();
    void schedule();

private:
    Halide::Var color{"color"}, x{"x"}, y{"y"}, sample{"sample"};
};

}  // namespace fsd
