// Sums per class over features, by the kernel pool_statistics.
#pragma once

#include "toolkit/analysis/matrix.h"

#include <vector>

namespace fsd::analysis {

// Of one class, or of several together, for one feature.
struct FeatureStatistics {
    double count = 0;  // samples
    double sum = 0, square_sum = 0;
    double log_sum = 0;  // of positive numbers
    double zeros = 0;    // how many are 0

    double mean() const { return count > 0 ? sum / count : 0; }
    // With divisor `count`; 0 for what rounding leaves (1e-12 of the mean square).
    double variance() const;
    double zero_share() const { return count > 0 ? zeros / count : 0; }

    FeatureStatistics &operator+=(const FeatureStatistics &other);
};

class ClassStatistics {
public:
    ClassStatistics(int classes, int features);

    // Adds samples: float32 [sample, feature] and their classes, which must be from 0 to classes - 1.
    void add(const Tensor &features, const std::vector<int> &labels);

    int classes() const { return static_cast<int>(count_.size()); }
    int features() const { return static_cast<int>(sum_.cols()); }
    int count(int label) const { return count_[label]; }
    FeatureStatistics of(int label, int feature) const;
    // Of all classes but `label`.
    FeatureStatistics of_others(int label, int feature) const;

private:
    std::vector<int> count_;
    Matrix sum_, square_sum_, log_sum_, zeros_;  // [class, feature]
};

}  // namespace fsd::analysis
