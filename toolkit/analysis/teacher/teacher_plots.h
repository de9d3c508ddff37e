// Pictures of a student beside its teacher.
#pragma once

#include "toolkit/analysis/teacher/teacher_study.h"
#include "toolkit/pictures/plot.h"

namespace fsd::analysis {

// The correlations as a map of colors, sorted so that matches lie on a diagonal; the first most_shown units
// of each network.
constexpr std::size_t most_shown = 128;
Plot correlation_map(const std::string &title, const Correlations &correlations, const Matching &matching);

// A map for each layer.
std::vector<Plot> teacher_plots(const TeacherStudy &study);

}  // namespace fsd::analysis
