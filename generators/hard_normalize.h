// The large-sample approximation of Bayes' rule: the most likely state gets 1 (MATH 4.1).
#pragma once

#include "generators/operator.h"
#include "generators/valid_peak.h"

namespace fsd {

class HardNormalize : public Operator<HardNormalize> {
public:
    Input<Buffer<float, 3>> logits{"logits"};         // state, group, site
    Output<Buffer<float, 3>> posterior{"posterior"};  // state, group, site

    void generate();
    void schedule();

private:
    Halide::Var state{"state"}, group{"group"}, site{"site"};
    ValidPeak peak;
};

}  // namespace fsd
