// The log-evidence of each group of states from evidence and posterior, without an exponential (MATH 2.6).
#pragma once

#include "generators/operator.h"
#include "generators/row_reduction.h"

namespace fsd {

class PosteriorLogNormalizer : public Operator<PosteriorLogNormalizer> {
public:
    Input<Buffer<float, 3>> logits{"logits"};                   // state, group, site
    Input<Buffer<float, 3>> posterior{"posterior"};             // state, group, site
    Output<Buffer<float, 2>> log_normalizer{"log_normalizer"};  // group, site

    void generate();
    void schedule();

private:
    Halide::Var group{"group"}, site{"site"};
    RowReduction peak{"peak"}, largest{"largest"}, hidden{"hidden"};
};

}  // namespace fsd
