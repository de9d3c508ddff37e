// Cells of a plot in the order of the matches.
#include "toolkit/analysis/teacher/teacher_plots.h"

#include "runtime/error.h"

#include <algorithm>

namespace fsd::analysis {

Plot correlation_map(const std::string &title, const Correlations &correlations, const Matching &matching) {
    const MatchOrder order = match_order(correlations, matching);
    const std::size_t teachers = std::min(most_shown, order.teacher.size()),
                      students = std::min(most_shown, order.student.size());
    Marks cells{"", Mark::cells, {}, {}};
    for (std::size_t row = 0; row < teachers; row++) {
        for (std::size_t column = 0; column < students; column++) {
            cells.x.push_back(static_cast<double>(column));
            cells.y.push_back(static_cast<double>(row));
            cells.value.push_back(correlations.values(order.teacher[row], order.student[column]));
        }
    }
    return {title,       "student's units, sorted", "teacher's units, sorted", {cells}, false, Scale::whole,
            Scale::whole};
}

std::vector<Plot> teacher_plots(const TeacherStudy &study) {
    std::vector<Plot> plots;
    for (const LayerMatch &layer : study.layers) {
        plots.push_back(
            correlation_map(text("Correlations, layer ", layer.teacher_layer, " (", layer.teacher_op,
                                 ") and ", layer.student_layer, " (", layer.student_op, ")"),
                            layer.correlations, layer.matching));
    }
    return plots;
}

}  // namespace fsd::analysis
