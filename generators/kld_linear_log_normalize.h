// The KLD linear layer followed by Bayes' rule in the log domain (MATH 2.1).
#pragma once

#include "generators/bayes.h"
#include "generators/linear_evidence.h"
#include "generators/operator.h"
#include "generators/schedule_parameters.h"

namespace fsd {

class KldLinearLogNormalize : public Operator<KldLinearLogNormalize> {
public:
    Input<Buffer<float, 2>> probability{"probability"};        // input, sample
    Input<Buffer<float, 3>> log_likelihood{"log_likelihood"};  // state, group, input
    Input<Buffer<float, 2>> log_prior{"log_prior"};            // state, group
    Input<float> observations{"observations"};
    Output<Buffer<float, 3>> log_posterior{"log_posterior"};  // state, group, sample

    ScheduleTemplate measured;

    void generate();
    void schedule();

private:
    Halide::Var state{"state"}, group{"group"}, sample{"sample"};
    LinearEvidence linear;
    Bayes bayes;  // rows: group, sample
};

}  // namespace fsd
