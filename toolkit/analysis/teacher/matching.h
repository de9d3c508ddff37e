// Which units of a student do what a teacher's do, by the correlation of their activations.
#pragma once

#include "toolkit/analysis/matrix.h"

#include <optional>
#include <vector>

namespace fsd::analysis {

struct Correlations {
    Matrix values;                                // [teacher's unit, student's unit], -1 .. 1
    Vector teacher_deviation, student_deviation;  // of the units
};

// teacher, student: float32 [sample, ...] of the same samples; what is behind the first axis are the units. A
// unit that deviates by less than 1e-10 correlates with nothing: 0. Throws Error(bad_input) for different
// numbers of samples and for NaN or infinities.
Correlations activation_correlations(const Tensor &teacher, const Tensor &student);

// Of one unit of the teacher.
struct UnitMatch {
    int student = 0;         // the unit that correlates most with it
    double correlation = 0;  // with that one
    bool dead = false;       // the teacher's unit never changes, so that nothing can match it
    bool ambiguous = false;  // another unit of the teacher does the same (correlation .999)
};

struct Matching {
    double threshold = 0.95;
    std::vector<UnitMatch> units;    // by teacher's unit
    std::vector<double> of_student;  // by student's unit: its largest correlation with a unit of the teacher
    int dead_students = 0;           // units that never change
    // Over the teacher's units that are not dead; nothing where there are none.
    std::optional<double> mean, least, share;  // of best correlations; share: of those at the threshold

    bool is_matched(std::size_t student) const { return of_student[student] >= threshold; }
};

// teacher_itself: activation_correlations(teacher, teacher).values, for `ambiguous`; may be empty.
Matching match(const Correlations &correlations, const Matrix &teacher_itself, double threshold = 0.95);

// How much of a student's units the next layer reads.
struct FanOut {
    int matched_units = 0, unmatched_units = 0;
    std::optional<double> matched, unmatched;  // mean norm of outgoing weights; nothing where no unit is such
};

// norms: of the outgoing weights, by student's unit.
FanOut fan_out(const Matching &matching, const Vector &norms);

// The order in which a picture shows the matrix: teacher's units by falling best correlation, then the
// student's by the teacher's unit that they match best, the matched ones first.
struct MatchOrder {
    std::vector<int> teacher, student;
};
MatchOrder match_order(const Correlations &correlations, const Matching &matching);

}  // namespace fsd::analysis
