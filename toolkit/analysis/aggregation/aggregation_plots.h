// Pictures of an aggregation analysis.
#pragma once

#include "toolkit/analysis/aggregation/aggregation_analysis.h"
#include "toolkit/pictures/plot.h"

namespace fsd::analysis {

// Histograms of the measured samples of a feature in a class, but for zeros, with the fitted densities over
// them, for the pairs of class and feature whose Gamma distance (where there is no Gamma, whose normal
// distance) is the median and the 90th percentile of all; then predicted against measured divergences of
// nodes, with r in the title. Class names as given, else by number.
std::vector<Plot> aggregation_plots(const AggregationInput &input, const AggregationAnalysis &analysis,
                                    const std::vector<std::string> &classes);

// The last of them: every pair's normal-mixture and Pearson-mixture prediction against what was measured.
Plot divergence_plot(const AggregationAnalysis &analysis, bool own_nodes_only);

}  // namespace fsd::analysis
