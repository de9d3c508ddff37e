// Case of activation_correlation.
#include "cases/samples.h"

namespace fsd::testing {
namespace {

// The last unit of each network never changes, where there are several.
void keep_last_unit(Problem &problem) {
    for (const char *name : {"teacher_activation", "student_activation"}) {
        Values &samples = problem.tensors.at(name);
        const int units = samples.shape[1];
        for (int sample = 0; units > 1 && sample < samples.shape[0]; sample++) {
            samples(sample, units - 1) = 0.5;
        }
    }
}

// Centered in place; returns the deviations.
std::vector<double> center(Values &samples) {
    const std::vector<double> mean = means_of(samples);
    const int count = samples.shape[0], units = samples.shape[1];
    std::vector<double> deviation(units);
    for (int unit = 0; unit < units; unit++) {
        for (int sample = 0; sample < count; sample++) {
            double &value = samples(sample, unit);
            value = count == 1 ? 0 : value - mean[unit];
            deviation[unit] += value * value / count;
        }
        deviation[unit] = std::sqrt(deviation[unit]);
    }
    return deviation;
}

// With N samples every sum is within N roundings of its magnitude, which is below 40 for the means and below
// 1 for a correlation; centering subtracts rounded means of numbers up to 15.
void reference(Problem &problem) {
    Values teacher = problem["teacher_activation"], student = problem["student_activation"];
    const int count = problem.extent("sample"), teachers = problem.extent("teacher_unit"),
              students = problem.extent("student_unit");
    const std::vector<double> by_teacher = center(teacher), by_student = center(student);
    problem.output("teacher_deviation", {teachers}).data = by_teacher;
    problem.output("student_deviation", {students}).data = by_student;
    Values &correlation = problem.output("correlation", {teachers, students});
    for (int i = 0; i < teachers; i++) {
        for (int j = 0; j < students; j++) {
            if (by_teacher[i] < 1e-10 || by_student[j] < 1e-10) {
                continue;
            }
            for (int sample = 0; sample < count; sample++) {
                correlation(i, j) += teacher(sample, i) * student(sample, j);
            }
            correlation(i, j) /= count * by_teacher[i] * by_student[j];
        }
    }
    allow_error(problem, 40 * double_epsilon * (count + 4));
}

Work work(const Problem &problem) {
    const double samples = problem.extent("sample"), teachers = problem.extent("teacher_unit"),
                 students = problem.extent("student_unit");
    return {2 * samples * (teachers * students + 2 * teachers + 2 * students),
            4 * samples * (teachers + students)};
}

const CaseOf activation_correlation{{
    "activation_correlation",
    {{"teacher_activation", Domain::logits}, {"student_activation", Domain::logits}},
    {},
    {{{"sample", 1}, {"teacher_unit", 1}, {"student_unit", 1}},
     {{"sample", 2}, {"teacher_unit", 1}, {"student_unit", 3}},
     {{"sample", 129}, {"teacher_unit", 7}, {"student_unit", 24}},
     {{"sample", 257}, {"teacher_unit", 25}, {"student_unit", 2}},
     {{"sample", 1000}, {"teacher_unit", 5}, {"student_unit", 49}},
     {{"sample", 128}, {"teacher_unit", 23}, {"student_unit", 23}}},
    {{{"sample", 10000}, {"teacher_unit", 30}, {"student_unit", 120}},
     {{"sample", 10000}, {"teacher_unit", 512}, {"student_unit", 512}}},
    reference,
    allowed_error,
    work,
    keep_last_unit,
}};

}  // namespace
}  // namespace fsd::testing
