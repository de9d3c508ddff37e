// B = D_s W_s B_next W_t^T D_t for each sample, with the gates D of both networks.
#include "generators/gated_recursion.h"

#include "generators/start_at_zero.h"

namespace fsd {

void GatedRecursion::generate() {
    start_at_zero({next_relation, student_weight, teacher_weight, student_gate, teacher_gate, relation});
    const Expr zero{0.};
    next_relation.dim(0).set_extent(teacher_weight.dim(0).extent());
    next_relation.dim(1).set_extent(student_weight.dim(0).extent());
    next_students = Halide::RDom(0, student_weight.dim(0).extent(), "next_students");
    half(next_teacher, student, sample) = zero;
    half(next_teacher, student, sample) +=
        next_relation(next_teacher, next_students, sample) * student_weight(next_students, student);
    transposed(teacher, next_teacher) = teacher_weight(next_teacher, teacher);
    next_teachers = Halide::RDom(0, teacher_weight.dim(0).extent(), "next_teachers");
    whole(teacher, student, sample) = zero;
    whole(teacher, student, sample) +=
        half(next_teachers, student, sample) * transposed(teacher, next_teachers);
    relation(teacher, student, sample) =
        student_gate(student, sample) * teacher_gate(teacher, sample) * whole(teacher, student, sample);

    next_relation.set_estimates({{0, 10}, {0, 10}, {0, 64}});
    student_weight.set_estimates({{0, 10}, {0, 50}});
    teacher_weight.set_estimates({{0, 10}, {0, 10}});
    student_gate.set_estimates({{0, 50}, {0, 64}});
    teacher_gate.set_estimates({{0, 10}, {0, 64}});
    relation.set_estimates({{0, 10}, {0, 50}, {0, 64}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::GatedRecursion, gated_recursion)
