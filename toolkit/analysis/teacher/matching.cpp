// One call for the correlations; the rest are maxima of rows and columns.
#include "toolkit/analysis/teacher/matching.h"

#include "runtime/call.h"
#include "runtime/error.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fsd::analysis {
namespace {

constexpr double never_changes = 1e-10, the_same = 0.999;

// [sample, unit], finite.
Tensor units_of(const Tensor &samples) {
    const int count = shape_of(samples)[0];
    const auto *values = static_cast<const float *>(samples.data());
    if (!std::all_of(values, values + samples.number_of_elements(),
                     [](float v) { return std::isfinite(v); })) {
        throw Error(ExitCode::bad_input,
                    "The activations hold a NaN or an infinity; every number must be finite.");
    }
    return reshaped(samples, {count, static_cast<int>(samples.number_of_elements()) / count});
}

void summarize(Matching &matching) {
    double sum = 0, least = 1;
    int living = 0, matched = 0;
    for (const UnitMatch &unit : matching.units) {
        if (!unit.dead) {
            living++;
            sum += unit.correlation;
            least = std::min(least, unit.correlation);
            matched += unit.correlation >= matching.threshold ? 1 : 0;
        }
    }
    if (living > 0) {
        matching.mean = sum / living;
        matching.least = least;
        matching.share = static_cast<double>(matched) / living;
    }
}

}  // namespace

Correlations activation_correlations(const Tensor &teacher, const Tensor &student) {
    if (shape_of(teacher)[0] != shape_of(student)[0] || shape_of(teacher)[0] < 1) {
        throw Error(ExitCode::bad_input,
                    text("Correlations need the same samples of both networks; found ", shape_of(teacher)[0],
                         " of the teacher and ", shape_of(student)[0], " of the student."));
    }
    const Tensor of_teacher = units_of(teacher), of_student = units_of(student);
    const int teachers = shape_of(of_teacher)[1], students = shape_of(of_student)[1];
    Correlations result{Matrix(teachers, students), Vector(teachers), Vector(students)};
    Call call(need_kernel("activation_correlation", {"tuned", "cpu"}));
    call.set("teacher_activation", of_teacher)
        .set("student_activation", of_student)
        .set("teacher_deviation", view(result.teacher_deviation))
        .set("student_deviation", view(result.student_deviation))
        .set("correlation", view(result.values));
    call();
    result.values = result.values.cwiseMax(-1).cwiseMin(1);
    return result;
}

Matching match(const Correlations &correlations, const Matrix &teacher_itself, double threshold) {
    const Matrix &values = correlations.values;
    Matching result;
    result.threshold = threshold;
    for (Eigen::Index unit = 0; unit < values.rows(); unit++) {
        UnitMatch one;
        one.correlation = values.row(unit).maxCoeff(&one.student);
        one.dead = correlations.teacher_deviation[unit] < never_changes;
        for (Eigen::Index other = 0; other < teacher_itself.cols(); other++) {
            one.ambiguous = one.ambiguous || (other != unit && teacher_itself(unit, other) >= the_same);
        }
        result.units.push_back(one);
    }
    for (Eigen::Index student = 0; student < values.cols(); student++) {
        result.of_student.push_back(values.col(student).maxCoeff());
        result.dead_students += correlations.student_deviation[student] < never_changes ? 1 : 0;
    }
    summarize(result);
    return result;
}

FanOut fan_out(const Matching &matching, const Vector &norms) {
    FanOut result;
    double matched = 0, unmatched = 0;
    for (std::size_t student = 0; student < matching.of_student.size(); student++) {
        const bool is_matched = matching.is_matched(student);
        (is_matched ? matched : unmatched) += norms[static_cast<Eigen::Index>(student)];
        (is_matched ? result.matched_units : result.unmatched_units)++;
    }
    if (result.matched_units > 0) {
        result.matched = matched / result.matched_units;
    }
    if (result.unmatched_units > 0) {
        result.unmatched = unmatched / result.unmatched_units;
    }
    return result;
}

MatchOrder match_order(const Correlations &correlations, const Matching &matching) {
    MatchOrder order;
    order.teacher.resize(matching.units.size());
    order.student.resize(matching.of_student.size());
    std::iota(order.teacher.begin(), order.teacher.end(), 0);
    std::iota(order.student.begin(), order.student.end(), 0);
    std::stable_sort(order.teacher.begin(), order.teacher.end(), [&](int a, int b) {
        return matching.units[static_cast<std::size_t>(a)].correlation >
               matching.units[static_cast<std::size_t>(b)].correlation;
    });
    std::vector<int> rank(order.teacher.size());
    for (std::size_t place = 0; place < order.teacher.size(); place++) {
        rank[static_cast<std::size_t>(order.teacher[place])] = static_cast<int>(place);
    }
    const auto key = [&](int student) {
        Eigen::Index teacher = 0;
        correlations.values.col(student).maxCoeff(&teacher);
        const bool matched = matching.is_matched(static_cast<std::size_t>(student));
        return std::make_tuple(!matched, rank[static_cast<std::size_t>(teacher)],
                               -matching.of_student[static_cast<std::size_t>(student)]);
    };
    std::stable_sort(order.student.begin(), order.student.end(),
                     [&](int a, int b) { return key(a) < key(b); });
    return order;
}

}  // namespace fsd::analysis
