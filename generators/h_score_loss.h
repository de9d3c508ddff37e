// The H-score of a batch as a classifier's loss, and its gradient at the logits (arXiv 1905.06600; MATH 6.1).
#pragma once

#include "generators/operator.h"

namespace fsd {

class HScoreLoss : public Operator<HScoreLoss> {
public:
    Input<Buffer<float, 2>> log_posterior{"log_posterior"};  // class, sample
    Input<Buffer<int32_t, 1>> label{"label"};                // sample
    Output<Buffer<float, 1>> loss{"loss"};                   // sample
    Output<Buffer<float, 2>> d_logits{"d_logits"};           // class, sample

    void generate();
    void schedule();

private:
    Halide::Var clas{"class"}, sample{"sample"};
    Halide::RDom classes, samples;
    Halide::Func share{"share"};                                    // class: of the batch's samples
    Halide::Func row_mean{"row_mean"};                              // sample: over the classes by share
    Halide::Func mean{"mean"};                                      // class: of the logits over the samples
    Halide::Func centered{"centered"};                              // class, sample
    Halide::Func largest{"largest"}, exponent_sum{"exponent_sum"};  // of the mean logits
    Halide::Func log_mean_posterior{"log_mean_posterior"};          // class
    Halide::Func square{"square"};                                  // sample
};

}  // namespace fsd
