// What a discrete variable tells of the class: B, its singular values, information; by chance and with how
// much doubt.
#pragma once

#include "toolkit/analysis/features/alternation.h"
#include "toolkit/analysis/features/modes.h"
#include "toolkit/analysis/features/resampling.h"

#include <functional>
#include <string>

namespace fsd::analysis {

struct DiscreteFeatures {
    int values = 0, classes = 0;   // that occur
    double information = 0;        // I(X;Y), nats
    double class_entropy = 0;      // H(Y), nats
    double local_information = 0;  // half the sum of sigma^2: near I(X;Y) where the dependence is weak
    Vector correlations;           // sigma, descending
    // By chance: with the labels in random order; and from samples drawn again. One band per sigma. Empty for
    // given tables.
    std::vector<Band> null, interval;
    std::optional<Band> information_null, information_interval;
    std::optional<Alternation> alternation;
    std::vector<std::string> flags;
};

// Counts [value, class] of the samples with these indices, one label for each.
using CountTable = std::function<Matrix(const std::vector<int> &samples, const std::vector<int> &labels)>;

struct DiscreteOptions {
    int features = 0;  // of the alternation; 0: none
    ResamplingOptions resampling;
};

// Flags: unseen_values and unseen_classes (left out), single_class, deterministic (a sigma of 1), tied (equal
// sigma: their features are one subspace), fewer_features (k above the rank of B), not_converged.
DiscreteFeatures discrete_features(const Joint &joint, const DiscreteOptions &options);

// The same of samples, with bands. Flag few_samples: fewer than 10 per value.
DiscreteFeatures discrete_features(const CountTable &counts, const std::vector<int> &labels,
                                   const DiscreteOptions &options);

// The counts of codes, for the above. Both must outlive the function.
CountTable counts_of_codes(const std::vector<int> &codes, int code_count, int classes);

// The expected counts of a variable that each sample knows the distribution of: posterior float32 [sample,
// state]. It must outlive the function.
CountTable counts_of_posterior(const Tensor &posterior, int classes);

}  // namespace fsd::analysis
