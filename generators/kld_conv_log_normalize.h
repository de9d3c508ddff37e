// The KLD convolution followed by Bayes' rule in the log domain (MATH 2.1).
#pragma once

#include "generators/grouped_convolution.h"

namespace fsd {

class KldConvLogNormalize : public GroupedConvolution<KldConvLogNormalize> {
public:
    Output<Buffer<float, 5>> log_posterior{"log_posterior"};  // state, group, output_x, output_y, sample

    void generate();
    void schedule();
};

}  // namespace fsd
