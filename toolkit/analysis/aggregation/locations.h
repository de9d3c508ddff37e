// What the locations of a pooling's windows have in common.
#pragma once

#include "toolkit/analysis/aggregation/pooled_network.h"

#include <optional>

namespace fsd::analysis {

// The variance of an average is that of a sum over its window's locations, Var = sum over l, l' of Cov(f_l,
// f_l') / L^2, which the variances of the locations alone do not tell.
struct SpatialVariance {
    int pairs = 0;  // of class and feature whose variance was measured
    // Medians over the pairs of |log(predicted / measured variance)|.
    std::optional<double> with_covariances;  // of the samples that are fitted
    std::optional<double> independent;   // sum over l of Var f_l / L^2, as if no two locations went together
    std::optional<double> median_ratio;  // of the two predictions: how much covariances raise the variance
};

// `locations` and `fitted` are of the same samples, `measured` of others; the layer is an average over its
// windows' valid locations.
SpatialVariance spatial_variance(const Layer &layer, const PooledNetwork &place,
                                 const ClassStatistics &locations, const PooledSet &fitted,
                                 const PooledSet &measured);

// The effective number of locations (effective_number.h) that a maximum is taken over, for each feature: as
// over how many independent ones with the distribution of all locations of its channel. +infinity where
// nothing varies. `maps`: of the first samples of `set`.
std::vector<double> effective_locations(const PooledNetwork &place, const Tensor &maps, const PooledSet &set);

}  // namespace fsd::analysis
