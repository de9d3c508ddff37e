// Correlations of the units of two networks over the same samples, in float64 (docs/analysis.md, Teacher).
#pragma once

#include "generators/blocked_product.h"
#include "generators/operator.h"
#include "generators/sample_mean.h"

namespace fsd {

class ActivationCorrelation : public Operator<ActivationCorrelation> {
public:
    Input<Buffer<float, 2>> teacher_activation{"teacher_activation"};  // teacher_unit, sample
    Input<Buffer<float, 2>> student_activation{"student_activation"};  // student_unit, sample
    Output<Buffer<double, 1>> teacher_deviation{"teacher_deviation"};  // teacher_unit
    Output<Buffer<double, 1>> student_deviation{"student_deviation"};  // student_unit
    Output<Buffer<double, 2>> correlation{"correlation"};              // student_unit, teacher_unit

    void generate();
    void schedule();

private:
    Halide::Var unit{"unit"}, student{"student"};
    SampleMean teacher_mean, student_mean;
    SampleMean teacher_square, student_square;  // of what is left without the mean: the variances
    BlockedProduct product;
};

}  // namespace fsd
