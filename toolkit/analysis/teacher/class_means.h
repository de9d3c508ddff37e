// Means over the samples of each class, by the kernel class_means.
#pragma once

#include "toolkit/analysis/matrix.h"

#include <vector>

namespace fsd::analysis {

struct ClassMeans {
    Matrix mean;   // [class, feature]; 0 for a class without samples
    Vector count;  // [class]
};

// values: [sample, feature]; labels that are no class count nowhere. Throws Error(bad_input) where labels and
// samples are not as many.
ClassMeans class_means(const Matrix &values, const std::vector<int> &labels, int classes);

}  // namespace fsd::analysis
