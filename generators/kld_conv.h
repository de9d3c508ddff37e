// The KLD convolution: the evidence of hidden states, given the distributions in a window (MATH 2.1).
#pragma once

#include "generators/operator.h"
#include "generators/schedule_parameters.h"
#include "generators/start_at_zero.h"
#include "generators/window_evidence.h"

namespace fsd {

class KldConv : public Operator<KldConv> {
public:
    Input<Buffer<float, 4>> probability{"probability"};        // input, x, y, sample
    Input<Buffer<float, 4>> log_likelihood{"log_likelihood"};  // output, input, window_x, window_y
    Input<Buffer<float, 1>> log_prior{"log_prior"};            // output
    Input<float> observations{"observations"};
    Input<int> stride_y{"stride_y"};
    Input<int> stride_x{"stride_x"};
    Input<int> padding_y{"padding_y"};
    Input<int> padding_x{"padding_x"};
    Output<Buffer<float, 4>> log_evidence{"log_evidence"};  // output, output_x, output_y, sample

    ScheduleTemplate measured;

    void generate();
    void schedule();

private:
    Halide::Var output{"output"}, output_x{"output_x"}, output_y{"output_y"}, sample{"sample"};
    Places places;
    WindowEvidence window;
};

}  // namespace fsd
