// Digits as Gaussians: samples that have nothing of a class but its mean and covariance.
#pragma once

#include "toolkit/analysis/moments/moments.h"
#include "toolkit/datasets/dataset.h"

#include <cstdint>
#include <vector>

namespace fsd::experiments {

// Moments of each class's samples [sample, ...].
std::vector<analysis::Moments> class_moments(const Tensor &samples, const std::vector<int> &labels,
                                             int classes);

// `each` vectors of each class, with labels and the names "0", "1", ...
Dataset gaussian_classes(const std::vector<analysis::Moments> &classes, int each, std::uint64_t seed);

// The images of a set as vectors of numbers from 0 to 1.
Dataset as_numbers(const Dataset &images);

}  // namespace fsd::experiments
