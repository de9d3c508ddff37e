// correlation = sum (t - mean t) (s - mean s)^T / (N deviation_t deviation_s), 0 where a deviation is below
// 1e-10: such a unit does not vary, and rounding would correlate it with anything.
#include "generators/activation_correlation.h"

#include "generators/information.h"
#include "generators/start_at_zero.h"

namespace fsd {

void ActivationCorrelation::generate() {
    start_at_zero(
        {teacher_activation, student_activation, teacher_deviation, student_deviation, correlation});
    const Expr teachers = teacher_activation.dim(0).extent(), students = student_activation.dim(0).extent(),
               count = teacher_activation.dim(1).extent(), least{1e-10};
    student_activation.dim(1).set_extent(count);
    const auto deviation = [&](SampleMean &mean, SampleMean &square, const auto &samples, const Expr &units) {
        mean.define(samples, units, count);
        Halide::Func squares("squares");
        Halide::Var sample("sample");
        const Expr centered = cast<double>(samples(unit, sample)) - mean.average(unit);
        squares(unit, sample) = centered * centered;
        square.define(squares, units, count);
        return sqrt(square.average(unit));
    };
    teacher_deviation(unit) = deviation(teacher_mean, teacher_square, teacher_activation, teachers);
    student_deviation(unit) = deviation(student_mean, student_square, student_activation, students);

    product.set_lanes(natural_vector_size<double>());
    product.define(
        [&](const Expr &place, const Expr &sample) { return teacher_mean.centered(place, sample); },
        [&](const Expr &place, const Expr &sample) { return student_mean.centered(place, sample); }, count);
    const Expr by_teacher = sqrt(teacher_square.average(unit)),
               by_student = sqrt(student_square.average(student));
    const Expr sum = product.at(unit, student);
    correlation(student, unit) =
        select(strict_less(by_teacher, least) || strict_less(by_student, least), zero_if_finite(sum),
               sum / (cast<double>(count) * by_teacher * by_student));

    teacher_activation.set_estimates({{0, 30}, {0, 10000}});
    student_activation.set_estimates({{0, 120}, {0, 10000}});
    teacher_deviation.set_estimates({{0, 30}});
    student_deviation.set_estimates({{0, 120}});
    correlation.set_estimates({{0, 120}, {0, 30}});
}

}  // namespace fsd

HALIDE_REGISTER_GENERATOR(fsd::ActivationCorrelation, activation_correlation)
