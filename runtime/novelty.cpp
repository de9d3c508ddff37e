// Computes in float64 and rounds once, so that equal evidence has equal scores.
#include "runtime/novelty.h"

#include <algorithm>

namespace fsd {

float Novelty::score(const float *evidence, int predicted) const {
    const int count = layers();
    const float *const center =
        static_cast<const float *>(mean.data()) + static_cast<std::ptrdiff_t>(predicted) * count;
    const float *row =
        static_cast<const float *>(precision.data()) + static_cast<std::ptrdiff_t>(predicted) * count * count;
    double sum = 0;
    for (int i = 0; i < count; i++, row += count) {
        const double difference = static_cast<double>(evidence[i]) - center[i];
        for (int k = 0; k < count; k++) {
            sum += difference * row[k] * (static_cast<double>(evidence[k]) - center[k]);
        }
    }
    return static_cast<float>(std::max(sum, 0.));
}

float Novelty::p_value(float score) const {
    const auto *const first = static_cast<const float *>(scores.data()), *const end = first + images();
    const auto as_high = static_cast<double>(end - std::lower_bound(first, end, score));
    return static_cast<float>((1 + as_high) / (1. + images()));
}

}  // namespace fsd
