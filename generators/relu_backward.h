// Gradient of relu (MATH 4.1).
#pragma once

#include "Halide.h"

namespace fsd {

class ReluBackward : public Halide::Generator<ReluBackward> {
public:
    Input<Buffer<float, 2>> log_evidence{"log_evidence"};       // state, site
    Input<Buffer<float, 2>> d_activation{"d_activation"};       // state, site
    Output<Buffer<float, 2>> d_log_evidence{"d_log_evidence"};  // state, site

    void generate();
    void schedule();

private:
    Halide::Var state{"state"}, site{"site"};
};

}  // namespace fsd
