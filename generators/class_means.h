// Means of numbers over the samples of each class, in float64 (docs/analysis.md, Teacher).
#pragma once

#include "Halide.h"

namespace fsd {

class ClassMeans : public Halide::Generator<ClassMeans> {
public:
    Input<Buffer<double, 2>> values{"values"};  // feature, sample
    Input<Buffer<int32_t, 1>> label{"label"};   // sample
    Input<int> classes{"classes"};
    Output<Buffer<double, 2>> mean_of_class{"mean_of_class"};    // feature, class
    Output<Buffer<double, 1>> count_of_class{"count_of_class"};  // class

    void generate();
    void schedule();

private:
    Halide::Var feature{"feature"}, clas{"clas"};
    Halide::RDom samples, counted;
    Halide::Func sums{"sums"}, counts{"counts"};
};

}  // namespace fsd
