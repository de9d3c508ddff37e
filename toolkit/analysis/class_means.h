// Means over the samples of each class, by the kernel class_means.
#pragma once

#include "toolkit/analysis/matrix.h"

#include <vector>

namespace fsd::analysis {

struct MeansByClass {
    Vector count;  // [class]: its samples
    Matrix mean;   // [class, unit]; 0 for a class without samples

    // Shares of so many samples.
    Vector share(std::size_t samples) const { return count / static_cast<double>(samples); }
};

// values: float32 [sample, ...], or a matrix [sample, unit] of what float32 holds; a sample whose label is
// none of the classes counts nowhere. Throws Error(bad_input) where there are no samples or not as many
// labels.
MeansByClass class_means(const Tensor &values, const std::vector<int> &labels, int classes);
MeansByClass class_means(const Matrix &values, const std::vector<int> &labels, int classes);

}  // namespace fsd::analysis
