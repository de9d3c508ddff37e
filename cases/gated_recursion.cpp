// Case of gated_recursion.
#include "cases/error_bound.h"

#include <cmath>

namespace fsd::testing {
namespace {

// One relation: the double sum and its magnitude.
void add(Problem &problem, int sample, int student, int teacher) {
    const int next_students = problem.extent("next_student"), next_teachers = problem.extent("next_teacher");
    double sum = 0, magnitude = 0;
    for (int i = 0; i < next_students; i++) {
        for (int j = 0; j < next_teachers; j++) {
            const double term = problem["student_weight"](student, i) *
                                problem["next_relation"](sample, i, j) *
                                problem["teacher_weight"](teacher, j);
            sum += term;
            magnitude += std::fabs(term);
        }
    }
    const double gate = problem["student_gate"](sample, student) * problem["teacher_gate"](sample, teacher);
    problem.tensors.at("relation")(sample, student, teacher) = gate * sum;
    // Half an epsilon for each addition of both sums, the two products of a term and the two of the gates.
    allow_error(problem,
                0.5 * double_epsilon * (next_students + next_teachers + 4) * std::fabs(gate) * magnitude);
}

void reference(Problem &problem) {
    const int samples = problem.extent("sample"), students = problem.extent("student"),
              teachers = problem.extent("teacher");
    problem.output("relation", {samples, students, teachers});
    for (int sample = 0; sample < samples; sample++) {
        for (int student = 0; student < students; student++) {
            for (int teacher = 0; teacher < teachers; teacher++) {
                add(problem, sample, student, teacher);
            }
        }
    }
}

Work work(const Problem &problem) {
    const double samples = problem.extent("sample"), students = problem.extent("student"),
                 next_teachers = problem.extent("next_teacher");
    return {2 * samples * students * next_teachers *
                (problem.extent("next_student") + problem.extent("teacher")),
            8 * samples * students * problem.extent("teacher")};
}

Extents extents(int samples, int students, int teachers, int next_students, int next_teachers) {
    return {{"sample", samples},
            {"student", students},
            {"teacher", teachers},
            {"next_student", next_students},
            {"next_teacher", next_teachers}};
}

const CaseOf gated_recursion{{
    "gated_recursion",
    {{"next_relation", Domain::gradient},
     {"student_weight", Domain::gradient},
     {"teacher_weight", Domain::gradient},
     {"student_gate", Domain::gradient},
     {"teacher_gate", Domain::gradient}},
    {},
    {extents(1, 1, 1, 1, 1), extents(3, 7, 5, 2, 3), extents(2, 8, 16, 8, 8), extents(5, 9, 17, 11, 13)},
    {extents(64, 50, 10, 10, 10), extents(64, 100, 100, 100, 100)},
    reference,
    allowed_error,
    work,
}};

}  // namespace
}  // namespace fsd::testing
