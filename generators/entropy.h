// Shannon entropy of distributions, in nats (MATH 4).
#pragma once

#include "generators/operator.h"
#include "generators/row_reduction.h"

namespace fsd {

class Entropy : public Operator<Entropy> {
public:
    Input<Buffer<float, 2>> probability{"probability"};  // state, site
    Output<Buffer<float, 1>> entropy{"entropy"};         // site

    void generate();
    void schedule();

private:
    Halide::Var site{"site"};
    RowReduction sum{"sum"};
};

}  // namespace fsd
