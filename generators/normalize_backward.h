// Gradient through Bayes' rule, from probabilities (MATH 2.4, d z in the probability domain).
#pragma once

#include "generators/operator.h"
#include "generators/row_reduction.h"

namespace fsd {

class NormalizeBackward : public Operator<NormalizeBackward> {
public:
    Input<Buffer<float, 3>> posterior{"posterior"};      // state, group, site
    Input<Buffer<float, 3>> d_posterior{"d_posterior"};  // state, group, site
    Output<Buffer<float, 3>> d_logits{"d_logits"};       // state, group, site

    void generate();
    void schedule();

private:
    Halide::Var state{"state"}, group{"group"}, site{"site"};
    RowReduction mean{"mean"};
};

}  // namespace fsd
