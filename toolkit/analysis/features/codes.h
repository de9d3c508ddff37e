// Codes of real activations: a discrete variable in place of numbers.
#pragma once

#include "runtime/tensor.h"

#include <cstdint>
#include <vector>

namespace fsd::analysis {

struct Codes {
    std::vector<int> code;  // per sample, 0 .. count - 1
    int count = 0;          // of different codes; fewer than asked for where numbers are equal
};

// Bins of one number with equally many samples each; equal numbers share a bin.
Codes equal_frequency_codes(const std::vector<double> &numbers, int bins);

// Clusters by k-means (k-means++ beginnings, 10 rounds). features: float32 [sample, ...].
Codes cluster_codes(const Tensor &features, int clusters, std::uint64_t seed);

// Of one number per sample bins, of more clusters. Throws Error(bad_input) for fewer than 2 codes.
Codes codes_of(const Tensor &features, int codes, std::uint64_t seed);

}  // namespace fsd::analysis
