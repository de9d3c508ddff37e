// Gradient through the natural parametrization of filters (MATH 2.4, d theta).
#pragma once

#include "generators/operator.h"

namespace fsd {

class LogNormalizeFiltersBackward : public Operator<LogNormalizeFiltersBackward> {
public:
    Input<Buffer<float, 3>> log_likelihood{"log_likelihood"};      // output, input_state, position
    Input<Buffer<float, 3>> d_log_likelihood{"d_log_likelihood"};  // output, input_state, position
    Output<Buffer<float, 3>> d_theta{"d_theta"};                   // output, input_state, position

    void generate();
    void schedule();

private:
    Halide::Var output{"output"}, input_state{"input_state"}, position{"position"};
    Halide::RDom states;
    Halide::Func total{"total"};
};

}  // namespace fsd
