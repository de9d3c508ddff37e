// The KLD convolution followed by Bayes' rule (MATH 2.1).
#pragma once

#include "generators/grouped_convolution.h"

namespace fsd {

class KldConvNormalize : public GroupedConvolution<KldConvNormalize> {
public:
    Output<Buffer<float, 5>> posterior{"posterior"};  // state, group, output_x, output_y, sample

    void generate();
    void schedule();
};

}  // namespace fsd
