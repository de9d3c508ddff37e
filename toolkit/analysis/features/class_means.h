// Means over the samples of each class, by the kernel class_means.
#pragma once

#include "toolkit/analysis/matrix.h"

#include <vector>

namespace fsd::analysis {

struct ClassedMeans {
    Vector probability;  // [class]: share of the samples
    Matrix mean;         // [class, unit]; 0 for a class without samples
};

// features: float32 [sample, ...]; a sample whose label is none of the classes counts nowhere.
ClassedMeans class_means_of(const Tensor &features, const std::vector<int> &labels, int classes);

}  // namespace fsd::analysis
