// Each call of the kernel gives the sums of some samples; they are added in the order of the calls.
#include "toolkit/analysis/aggregation/class_statistics.h"

#include "runtime/call.h"

#include <algorithm>

namespace fsd::analysis {

double FeatureStatistics::variance() const {
    if (count <= 0) {
        return 0;
    }
    const double square = square_sum / count, variance = square - mean() * mean();
    return variance > 1e-12 * square ? variance : 0;
}

FeatureStatistics &FeatureStatistics::operator+=(const FeatureStatistics &other) {
    count += other.count;
    sum += other.sum;
    square_sum += other.square_sum;
    log_sum += other.log_sum;
    zeros += other.zeros;
    return *this;
}

ClassStatistics::ClassStatistics(int classes, int features)
    : count_(classes),
      sum_(Matrix::Zero(classes, features)),
      square_sum_(sum_),
      log_sum_(sum_),
      zeros_(sum_) {}

void ClassStatistics::add(const Tensor &features, const std::vector<int> &labels) {
    const auto rows = sum_.rows(), columns = sum_.cols();
    Matrix sum(rows, columns), square_sum(rows, columns), log_sum(rows, columns), zeros(rows, columns);
    Call call(need_kernel("pool_statistics", {"tuned", "cpu"}));
    call.set("pooled", features)
        .set("label", view_tensor(halide_type_of<int>(), const_cast<int *>(labels.data()),
                                  {static_cast<int>(labels.size())}))
        .set("classes", classes())
        .set("class_sum", view(sum))
        .set("class_square_sum", view(square_sum))
        .set("class_log_sum", view(log_sum))
        .set("class_zeros", view(zeros));
    call();
    sum_ += sum;
    square_sum_ += square_sum;
    log_sum_ += log_sum;
    zeros_ += zeros;
    for (const int label : labels) {
        count_[label]++;
    }
}

FeatureStatistics ClassStatistics::of(int label, int feature) const {
    return {static_cast<double>(count_[label]), sum_(label, feature), square_sum_(label, feature),
            log_sum_(label, feature), zeros_(label, feature)};
}

FeatureStatistics ClassStatistics::of_others(int label, int feature) const {
    FeatureStatistics all;
    for (int other = 0; other < classes(); other++) {
        if (other != label) {
            all += of(other, feature);
        }
    }
    return all;
}

}  // namespace fsd::analysis
