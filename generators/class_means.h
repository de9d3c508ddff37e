// Means of samples over each class (docs/analysis.md, Features).
#pragma once

#include "generators/operator.h"

namespace fsd {

class ClassMeans : public Operator<ClassMeans> {
public:
    Input<Buffer<float, 2>> samples{"samples"};  // unit, sample
    Input<Buffer<int32_t, 1>> label{"label"};    // sample
    Input<int> classes{"classes"};
    Output<Buffer<double, 1>> class_count{"class_count"};          // class
    Output<Buffer<double, 2>> class_unit_mean{"class_unit_mean"};  // unit, class

    void generate();
    void schedule();

private:
    Halide::Var unit{"unit"}, clas{"clas"};
    Halide::RDom all;
    Halide::Func count{"count"};  // class
    Halide::Func sum{"sum"};      // unit, class
};

}  // namespace fsd
