// How well distributions fit what one pooled feature is in one class.
#pragma once

#include "toolkit/analysis/aggregation/class_statistics.h"
#include "toolkit/analysis/aggregation/closed_divergence.h"
#include "toolkit/analysis/aggregation/pooled_set.h"

#include <optional>
#include <string>

namespace fsd::analysis {

struct ChannelFit {
    int label = 0, feature = 0;
    double mean = 0, variance = 0, zero_share = 0;  // of the samples that are fitted
    HurdleGamma gamma;
    bool maximum_likelihood = false;  // how the Gamma was fitted; false: by moments

    // Kolmogorov-Smirnov distances from the samples that are measured; nothing where the distribution does
    // not exist (`flags`) or nothing was measured.
    std::optional<double> gamma_distance, normal_distance, exponential_distance;
    // D(hurdle Gamma of the class || hurdle Gamma of all other classes), nats: what the feature tells of the
    // class.
    std::optional<double> divergence;

    // empty_class, single_sample, constant (the feature does not vary in the class), dead (it is 0), negative
    // (below 0 somewhere: no Gamma distribution), dead_elsewhere (0 in all other classes), capped (the
    // divergence).
    std::vector<std::string> flags;
};

// One for each class and feature, feature innermost. `fitted` are the sums over the samples that
// distributions are fitted to; `nonnegative`: of each feature, that it is nowhere below 0. `measured` are the
// samples that distances are taken to. The positive part is fitted by maximum likelihood where that gives a
// shape below 2, else by moments.
std::vector<ChannelFit> channel_fits(const ClassStatistics &fitted, const std::vector<bool> &nonnegative,
                                     const PooledSet &measured);

}  // namespace fsd::analysis
