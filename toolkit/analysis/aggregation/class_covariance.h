// Mean and covariance of features, for each class.
#pragma once

#include "toolkit/analysis/aggregation/pooled_set.h"
#include "toolkit/analysis/matrix.h"

namespace fsd::analysis {

struct ClassCovariances {
    Matrix mean;        // [class, feature]; 0 for a class without samples
    Tensor covariance;  // float64 [class, feature, feature], divisor N
};

ClassCovariances class_covariances(const PooledSet &set, int classes);

}  // namespace fsd::analysis
