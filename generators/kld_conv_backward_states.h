// Gradient of the evidence with respect to the probabilities that a convolution observed (MATH 2.4, d p).
#pragma once

#include "generators/operator.h"
#include "generators/schedule_parameters.h"
#include "generators/window_adjoint.h"

namespace fsd {

class KldConvBackwardStates : public Operator<KldConvBackwardStates> {
public:
    Input<Buffer<float, 4>> d_log_evidence{"d_log_evidence"};  // output, output_x, output_y, sample
    Input<Buffer<float, 4>> log_likelihood{"log_likelihood"};  // output, input, window_x, window_y
    Input<float> observations{"observations"};
    Input<int> stride_y{"stride_y"};
    Input<int> stride_x{"stride_x"};
    Input<int> padding_y{"padding_y"};
    Input<int> padding_x{"padding_x"};
    Output<Buffer<float, 4>> d_probability{"d_probability"};  // input, x, y, sample

    ScheduleTemplate measured;

    void generate();
    void schedule();

private:
    Halide::Var input{"input"}, x{"x"}, y{"y"}, sample{"sample"};
    WindowAdjoint adjoint;
};

}  // namespace fsd
