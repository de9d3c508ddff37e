// Bayes' rule for two states, from their log-odds (MATH 4.1).
#pragma once

#include "Halide.h"

namespace fsd {

class Sigmoid : public Halide::Generator<Sigmoid> {
public:
    Input<Buffer<float, 2>> log_evidence{"log_evidence"};  // state, site
    Output<Buffer<float, 2>> activation{"activation"};     // state, site

    void generate();
    void schedule();

private:
    Halide::Var state{"state"}, site{"site"};
};

}  // namespace fsd
