// Gradient of the linear operator of ordinary layers with respect to its features (MATH 2.5).
#pragma once

#include "generators/linear_evidence.h"
#include "generators/operator.h"
#include "generators/schedule_parameters.h"

namespace fsd {

class LinearBackwardFeatures : public Operator<LinearBackwardFeatures> {
public:
    Input<Buffer<float, 2>> d_preactivation{"d_preactivation"};  // output, sample
    Input<Buffer<float, 2>> weight{"weight"};                    // output, input
    Output<Buffer<float, 2>> d_features{"d_features"};           // input, sample

    ScheduleTemplate measured;

    void generate();
    void schedule();

private:
    Halide::Var input{"input"}, sample{"sample"};
    LinearEvidence transposed;  // its inputs are the layer's outputs, its outputs the layer's inputs
};

}  // namespace fsd
