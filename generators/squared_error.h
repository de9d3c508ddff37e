// The loss of a regression and its gradient (MATH 6).
#pragma once

#include "generators/operator.h"

namespace fsd {

// What is predicted is called expected: a generator's `target` is the machine.
class SquaredError : public Operator<SquaredError> {
public:
    Input<Buffer<float, 2>> prediction{"prediction"};       // number, sample
    Input<Buffer<float, 2>> expected{"expected"};           // number, sample
    Output<Buffer<float, 1>> loss{"loss"};                  // sample
    Output<Buffer<float, 2>> d_prediction{"d_prediction"};  // number, sample

    void generate();
    void schedule();

private:
    Halide::Var number{"number"}, sample{"sample"};
    Halide::RDom numbers;
    Halide::Func sum{"sum"};
};

}  // namespace fsd
