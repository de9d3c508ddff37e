// The large-sample approximation of Bayes' rule in the log domain: the most likely state gets 0 (MATH 4.1).
#pragma once

#include "generators/operator.h"
#include "generators/valid_peak.h"

namespace fsd {

class LogHardNormalize : public Operator<LogHardNormalize> {
public:
    Input<Buffer<float, 3>> logits{"logits"};                 // state, group, site
    Output<Buffer<float, 3>> log_posterior{"log_posterior"};  // state, group, site

    void generate();
    void schedule();

private:
    Halide::Var state{"state"}, group{"group"}, site{"site"};
    ValidPeak peak;
};

}  // namespace fsd
