// How a student's gradients depend on the teacher's activations, one layer further down, for each sample; in
// float64 (docs/analysis.md, Teacher).
#pragma once

#include "generators/operator.h"

namespace fsd {

class GatedRecursion : public Operator<GatedRecursion> {
public:
    Input<Buffer<double, 3>> next_relation{"next_relation"};    // next_teacher, next_student, sample
    Input<Buffer<double, 2>> student_weight{"student_weight"};  // next_student, student
    Input<Buffer<double, 2>> teacher_weight{"teacher_weight"};  // next_teacher, teacher
    Input<Buffer<double, 2>> student_gate{"student_gate"};      // student, sample
    Input<Buffer<double, 2>> teacher_gate{"teacher_gate"};      // teacher, sample
    Output<Buffer<double, 3>> relation{"relation"};             // teacher, student, sample

    void generate();
    void schedule();

private:
    Halide::Var teacher{"teacher"}, student{"student"}, next_teacher{"next_teacher"}, sample{"sample"};
    Halide::RDom next_students, next_teachers;
    Halide::Func transposed{"transposed"};  // teacher, next_teacher: the teacher's weights
    Halide::Func half{"half"};              // next_teacher, student, sample: W_s B
    Halide::Func whole{"whole"};            // teacher, student, sample
};

}  // namespace fsd
