// The logarithm of what Bayes' rule divides by: the log-evidence of each group of states (MATH 2.6).
#pragma once

#include "generators/operator.h"
#include "generators/row_reduction.h"

namespace fsd {

class LogNormalizer : public Operator<LogNormalizer> {
public:
    Input<Buffer<float, 3>> logits{"logits"};                   // state, group, site
    Output<Buffer<float, 2>> log_normalizer{"log_normalizer"};  // group, site

    void generate();
    void schedule();

private:
    Halide::Var group{"group"}, site{"site"};
    RowReduction peak{"peak"}, mass{"mass"};
};

}  // namespace fsd
