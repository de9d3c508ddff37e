// Pictures of the analysis of features.
#pragma once

#include "toolkit/analysis/features/feature_study.h"
#include "toolkit/pictures/plot.h"

namespace fsd::analysis {

// Singular values with those of labels in random order.
Plot correlation_plot(const DiscreteFeatures &features, const std::string &name);

// The singular values of the layer that tells most; where there are several layers, H-scores and information
// by depth.
std::vector<Plot> feature_plots(const std::vector<LayerFeatures> &layers);

}  // namespace fsd::analysis
