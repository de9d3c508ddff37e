// Entropies and divergences in nats, in float64.
#pragma once

#include <cstddef>

namespace fsd {

// log sum exp of at least one number, without overflow.
double log_sum_exp(const double *logarithms, std::size_t count);

// H = -sum p log p of probabilities that are given by their logarithms; what is impossible adds nothing. Of
// several distributions: the sum of their entropies.
double entropy(const float *log_probability, std::size_t count);

// D(p || q) = sum p log(p / q) of two distributions; infinite where q excludes what p allows. Rounding can
// leave -1e-17 for equal ones.
double divergence(const double *p, const double *q, std::size_t count);

// The same of two distributions that are given by the logarithms of their probabilities.
double divergence_of_logarithms(const double *log_p, const double *log_q, std::size_t count);

}  // namespace fsd
