// Pictures of a study: predicted against measured moments, errors by depth.
#pragma once

#include "toolkit/analysis/moments/study.h"
#include "toolkit/pictures/plot.h"

namespace fsd::analysis {

// Means, deviations and covariances behind the last layer, predicted against measured.
std::vector<Plot> scatter_plots(const Study &study);

// The errors behind each layer.
Plot depth_plot(const Study &study);

}  // namespace fsd::analysis
