// How well a number tells unknown images from usual ones.
#pragma once

#include <vector>

namespace fsd {

struct RocCurve {
    std::vector<double> false_alarms, detections;  // shares, from (0, 0) to (1, 1)
};

// A higher score means more unlike the usual images. Scores may be infinite; there is at least one of each.

// The probability that an unknown image has the higher score, ties counting half: the area under roc_curve().
double auroc(const std::vector<double> &usual, const std::vector<double> &unknown);

RocCurve roc_curve(const std::vector<double> &usual, const std::vector<double> &unknown);

// The share of the p-values that are at most `level`.
double share_rejected(const std::vector<double> &p_values, double level);

// The largest distance between the distribution of the p-values and the uniform one on [0, 1]
// (Kolmogorov-Smirnov).
double distance_from_uniform(std::vector<double> p_values);

}  // namespace fsd
