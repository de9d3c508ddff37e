// Gradient of the evidence with respect to the log-prior (MATH 2.4, d beta).
#pragma once

#include "generators/operator.h"

namespace fsd {

class LogPriorBackward : public Operator<LogPriorBackward> {
public:
    Input<Buffer<float, 2>> d_log_evidence{"d_log_evidence"};  // output, site
    Output<Buffer<float, 1>> d_log_prior{"d_log_prior"};       // output

    void generate();
    void schedule();

private:
    Halide::Var output{"output"};
    Halide::RDom sites;
    // The output itself has no update: Halide 21 reads an output that is being updated as if its memory were
    // aligned.
    Halide::Func sum{"sum"};
};

}  // namespace fsd
