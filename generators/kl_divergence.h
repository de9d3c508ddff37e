// Kullback-Leibler divergence of distributions from reference distributions, in nats (MATH 4, 4.2).
#pragma once

#include "generators/operator.h"
#include "generators/row_reduction.h"

namespace fsd {

class KlDivergence : public Operator<KlDivergence> {
public:
    Input<Buffer<float, 2>> probability{"probability"};  // state, site
    Input<Buffer<float, 2>> reference{"reference"};      // state, site
    Output<Buffer<float, 1>> divergence{"divergence"};   // site

    void generate();
    void schedule();

private:
    Halide::Var site{"site"};
    RowReduction sum{"sum"};
};

}  // namespace fsd
