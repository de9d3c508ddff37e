// The Kullback-Leibler divergence between two samples of numbers, in nats, without a model of either.
#pragma once

#include <vector>

namespace fsd::analysis {

// Both estimates take samples that are sorted ascending and finite.
struct MeasuredDivergence {
    double nats = 0;
    bool measured = false;   // false: too few numbers
    bool histogram = false;  // of 40 bins, as ties make the nearest neighbors' estimate diverge
    // The estimate is so large that it comes from the tail of the second sample, where few numbers are: the
    // true value is larger, by an unknown amount.
    bool saturated = false;
};

// D(f || g) by k-th nearest neighbors (Wang, Kulkarni, Verdu, IEEE Trans. Information Theory 55, 2009): the
// mean over f of log(distance to the k-th nearest of g / to the k-th nearest other of f) + log(m/(n - 1)).
// Distances of 0 count as 1e-12. n > k numbers of f and m >= k of g, else Error(bad_input).
double nearest_neighbor_divergence(const std::vector<double> &f, const std::vector<double> &g, int k);

// D(f || g) from equal bins over the range of both; counts of g are raised by 1/2 in each bin. At least one
// number each and one bin, else Error(bad_input).
double histogram_divergence(const std::vector<double> &f, const std::vector<double> &g, int bins);

// The first of the two with k = 10, or the second one with 40 bins where more than one in a hundred numbers
// of f have a tie, with the flags above.
MeasuredDivergence measured_divergence(const std::vector<double> &f, const std::vector<double> &g);

// Where estimates from `count` numbers of the second sample begin to saturate (docs/analysis.md).
double saturation_limit(std::size_t count);

}  // namespace fsd::analysis
