// The large-sample approximation of log-normalization against a background state (MATH 4.1).
#pragma once

#include "Halide.h"

namespace fsd {

class Relu : public Halide::Generator<Relu> {
public:
    Input<Buffer<float, 2>> log_evidence{"log_evidence"};  // state, site
    Output<Buffer<float, 2>> activation{"activation"};     // state, site

    void generate();
    void schedule();

private:
    Halide::Var state{"state"}, site{"site"};
};

}  // namespace fsd
