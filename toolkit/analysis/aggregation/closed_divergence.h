// Kullback-Leibler divergences that have a closed form, in nats.
#pragma once

#include "toolkit/analysis/aggregation/hurdle_gamma.h"

namespace fsd::analysis {

struct Divergence {
    double nats = 0;      // finite, >= 0
    bool capped = false;  // infinite, or too large for a double: `nats` is a cap
};

// D(N(mean1, variance1) || N(mean2, variance2)); variances > 0.
double normal_divergence(double mean1, double variance1, double mean2, double variance2);

// D(p || q) = (a - b) psi(a) - log Gamma(a) + log Gamma(b) + b log(t/s) + a (s - t)/t with p's shape and
// scale a, s and q's b, t.
double gamma_divergence(const Gamma &p, const Gamma &q);

// D(p || q) = p0 log(p0/q0) + (1 - p0) log((1 - p0)/(1 - q0)) + (1 - p0) D(positive parts). q's probabilities
// were estimated from `samples` numbers: what q never saw counts as 1/(2 samples) there, so that p's mass
// where q has none costs log(2 samples) at most, and the result says capped.
Divergence hurdle_divergence(const HurdleGamma &p, const HurdleGamma &q, int samples);

}  // namespace fsd::analysis
