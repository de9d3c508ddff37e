// How often codes and classes occur together (docs/analysis.md, Features).
#pragma once

#include "generators/operator.h"

namespace fsd {

class JointHistogram : public Operator<JointHistogram> {
public:
    Input<Buffer<int32_t, 1>> code{"code"};    // sample
    Input<Buffer<int32_t, 1>> label{"label"};  // sample
    Input<int> codes{"codes"};
    Input<int> classes{"classes"};
    Output<Buffer<double, 2>> joint_count{"joint_count"};  // class, code

    void generate();
    void schedule();

private:
    Halide::Var clas{"clas"}, value{"value"};
    Halide::RDom samples;
    Halide::Func count{"count"};  // class, code
};

}  // namespace fsd
