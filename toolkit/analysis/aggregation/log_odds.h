// Log-odds of log-probabilities.
#pragma once

#include "toolkit/analysis/aggregation/pooled_set.h"

namespace fsd::analysis {

// log p - log(1 - p) of each number, which is log p <= 0; of p no closer to 1 than float32 tells, so that all
// are finite where log p is.
PooledSet log_odds(const PooledSet &set);

}  // namespace fsd::analysis
