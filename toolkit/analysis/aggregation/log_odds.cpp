// In float64, rounded once.
#include "toolkit/analysis/aggregation/log_odds.h"

#include <algorithm>
#include <cmath>

namespace fsd::analysis {

PooledSet log_odds(const PooledSet &set) {
    PooledSet result{make_tensor<float>(shape_of(set.features)), set.labels, set.source};
    const auto *numbers = static_cast<const float *>(set.features.data());
    std::transform(numbers, numbers + set.features.number_of_elements(),
                   static_cast<float *>(result.features.data()), [](float number) {
                       const double logarithm = std::min<double>(number, -0x1p-24);
                       return static_cast<float>(logarithm - std::log(-std::expm1(logarithm)));
                   });
    return result;
}

}  // namespace fsd::analysis
