// Gradient of the evidence with respect to the log-likelihoods of a linear layer (MATH 2.4, R).
#pragma once

#include "generators/operator.h"
#include "generators/schedule_parameters.h"

namespace fsd {

class KldLinearBackwardFilters : public Operator<KldLinearBackwardFilters> {
public:
    Input<Buffer<float, 2>> probability{"probability"};        // input, sample
    Input<Buffer<float, 2>> d_log_evidence{"d_log_evidence"};  // output, sample
    Input<float> observations{"observations"};
    Output<Buffer<float, 2>> d_log_likelihood{"d_log_likelihood"};  // output, input

    ScheduleTemplate measured;

    void generate();
    void schedule();

private:
    Halide::Var output{"output"}, input{"input"};
    Halide::RDom samples;
    // The arguments, repeated behind their last input and output: tiles reach beyond.
    Halide::Func observed{"observed"}, gradient{"gradient"};
    Halide::Func sum{"sum"}, sums{"sums"};  // output, input; a tile's, and all
};

}  // namespace fsd
