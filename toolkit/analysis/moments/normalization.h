// Moments behind Bayes' rule (softmax): of posteriors and of their logarithms, for groups of states.
#pragma once

#include "toolkit/analysis/moments/moments.h"

namespace fsd::analysis {

// z holds groups of `states` neighboring numbers each; Gaussian z. Within a group means and covariances come
// from a rule of points over its log-odds (quadrature.h); between groups to first order, J_a S_ab J_b^T with
// the mean Jacobians, which is the first term of the Hermite series. Exact up to quadrature for one group.
Moments posterior_moments(const Moments &moments, int states);      // h = softmax(z)
Moments log_posterior_moments(const Moments &moments, int states);  // log h

// Of one group: the mean over z of the entropy of the posterior, nats.
double mean_posterior_entropy(const Moments &group);

// E[LSE(z) - z_label]: the mean cross entropy of Gaussian logits, nats.
double mean_cross_entropy(const Moments &logits, int label);

// P(z_label is the largest) of Gaussian logits; the largest of the others by Clark's formulas.
double probability_of_largest(const Moments &logits, int label);

}  // namespace fsd::analysis
