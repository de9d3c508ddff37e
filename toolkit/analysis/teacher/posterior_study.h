// An FSD layer of a student as summaries of the teacher's label: what each state is in each class, and
// whether the groups are independent given the class.
#pragma once

#include "toolkit/analysis/class_means.h"

#include <optional>

namespace fsd::analysis {

struct PosteriorStudy {
    std::size_t layer = 0;  // that gives the posteriors
    int variables = 0, states = 0;
    MeansByClass classes;  // of P(state), [class, variable * states + state]; the paper's F
    // Mean over pairs of variables and classes of KL(P(a, b | class) || P(a | class) P(b | class)), nats, for
    // P(a, b | class) = mean over samples of P(a) P(b). Nothing for a single variable.
    std::optional<double> factorization;
    int pairs = 0;  // that were looked at: all of up to most_pairs, else so many, evenly spaced
};

constexpr int most_pairs = 200;

// posterior: [sample, variable * states + state]. labels: one per sample.
PosteriorStudy study_posteriors(const Matrix &posterior, int states, const std::vector<int> &labels,
                                int classes);

}  // namespace fsd::analysis
