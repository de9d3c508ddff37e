// CPU schedule of gated_recursion: samples in parallel; within one, vectors along the teacher's units. The
// teacher's weights are transposed once, so that these vectors are read in a row.
#include "generators/gated_recursion.h"
#include "schedules/idioms/unrolled_terms.h"

void fsd::GatedRecursion::schedule() {
    if (using_autoscheduler()) {
        return;
    }
    const auto guard = Halide::TailStrategy::GuardWithIf;
    const int vector = natural_vector_size<double>();
    transposed.compute_root().vectorize(teacher, vector, guard);
    relation.vectorize(teacher, vector, guard).parallel(sample);
    whole.compute_at(relation, sample).vectorize(teacher, vector, guard);
    unroll_terms(whole, next_teachers.x, teacher, student, vector);
    half.compute_at(relation, sample).vectorize(next_teacher, vector, guard);
    unroll_terms(half, next_students.x, next_teacher, student, vector);
}
