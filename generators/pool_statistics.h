// Sums per class over what aggregation layers give (docs/analysis.md, Aggregation): what fits of
// distributions need.
#pragma once

#include "generators/operator.h"

namespace fsd {

class PoolStatistics : public Operator<PoolStatistics> {
public:
    Input<Buffer<float, 2>> pooled{"pooled"};  // feature, sample
    Input<Buffer<int32_t, 1>> label{"label"};  // sample
    Input<int> classes{"classes"};
    Output<Buffer<double, 2>> class_sum{"class_sum"};                // feature, class
    Output<Buffer<double, 2>> class_square_sum{"class_square_sum"};  // feature, class
    Output<Buffer<double, 2>> class_log_sum{"class_log_sum"};        // feature, class
    Output<Buffer<double, 2>> class_zeros{"class_zeros"};            // feature, class

    void generate();
    void schedule();

private:
    Halide::Var feature{"feature"}, clas{"clas"};
    Halide::RDom samples;
    Halide::Func sums{"sums"};  // the four, float64
};

}  // namespace fsd
