// Gradient of the evidence with respect to the probabilities that a linear layer observed (MATH 2.4, d p).
#pragma once

#include "generators/linear_evidence.h"
#include "generators/operator.h"
#include "generators/schedule_parameters.h"

namespace fsd {

class KldLinearBackwardStates : public Operator<KldLinearBackwardStates> {
public:
    Input<Buffer<float, 2>> d_log_evidence{"d_log_evidence"};  // output, sample
    Input<Buffer<float, 2>> log_likelihood{"log_likelihood"};  // output, input
    Input<float> observations{"observations"};
    Output<Buffer<float, 2>> d_probability{"d_probability"};  // input, sample

    ScheduleTemplate measured;

    void generate();
    void schedule();

private:
    Halide::Var input{"input"}, sample{"sample"};
    LinearEvidence transposed;  // its inputs are the layer's outputs, its outputs the layer's inputs
};

}  // namespace fsd
