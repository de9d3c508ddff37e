// Gradient through Bayes' rule, from log-probabilities (MATH 2.4, d z in the log domain).
#pragma once

#include "generators/operator.h"
#include "generators/row_reduction.h"

namespace fsd {

class LogNormalizeBackward : public Operator<LogNormalizeBackward> {
public:
    Input<Buffer<float, 3>> log_posterior{"log_posterior"};      // state, group, site
    Input<Buffer<float, 3>> d_log_posterior{"d_log_posterior"};  // state, group, site
    Output<Buffer<float, 3>> d_logits{"d_logits"};               // state, group, site

    void generate();
    void schedule();

private:
    Halide::Var state{"state"}, group{"group"}, site{"site"};
    RowReduction total{"total"};
};

}  // namespace fsd
