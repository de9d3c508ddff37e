// The KLD layer without window: the evidence of hidden states, given all inputs (MATH 2.1).
#pragma once

#include "generators/linear_evidence.h"
#include "generators/long_sums.h"
#include "generators/operator.h"
#include "generators/schedule_parameters.h"

namespace fsd {

class KldLinear : public Operator<KldLinear> {
public:
    Input<Buffer<float, 2>> probability{"probability"};        // input, sample
    Input<Buffer<float, 2>> log_likelihood{"log_likelihood"};  // output, input
    Input<Buffer<float, 1>> log_prior{"log_prior"};            // output
    Input<float> observations{"observations"};
    Output<Buffer<float, 2>> log_evidence{"log_evidence"};  // output, sample

    ScheduleTemplate measured;

    void generate();
    void schedule();

private:
    Halide::Var output{"output"}, sample{"sample"};
    LinearEvidence linear;
    LongSums many;  // on a CPU
};

}  // namespace fsd
