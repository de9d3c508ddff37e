// The H-score of numbers as features of the class: by chance and with how much doubt.
#pragma once

#include "toolkit/analysis/features/feature_moments.h"
#include "toolkit/analysis/features/resampling.h"

namespace fsd::analysis {

struct ScoredFeatures {
    int units = 0, rank = 0;       // of the features' covariance
    double h_score = 0;            // H(f), nats
    double bound = 0;              // min(rank, classes that occur - 1) / 2
    std::optional<Band> null;      // with the labels in random order
    std::optional<Band> interval;  // from samples drawn again; of ranks up to most_resampled_units
    std::vector<std::string> flags;
};

constexpr int most_resampled_units = 256;

// Flags: constant_units, dependent_units (the rank is lower than the units that vary), few_samples (fewer
// than 10 per unit of the rank: H is too large by about rank (classes - 1) / 2N), single_class.
ScoredFeatures scored_features(const Tensor &features, const std::vector<int> &labels, int classes,
                               const ResamplingOptions &options);

}  // namespace fsd::analysis
