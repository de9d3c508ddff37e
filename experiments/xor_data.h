// The exclusive or: four Gaussians in the corners of a square, the class is the sign of the product of the
// coordinates.
#pragma once

#include "toolkit/analysis/moments/moments.h"
#include "toolkit/datasets/dataset.h"

#include <array>
#include <cstdint>

namespace fsd::experiments {

constexpr double xor_variance = 0.05;  // per axis

// The components of class `label` (0: product positive, target 1; 1: target -1), equally likely.
std::array<analysis::Moments, 2> xor_components(int label);

// The class as if it were one Gaussian.
analysis::Moments xor_class(int label);

double xor_target(int label);

// Samples of both classes in turn, with targets 1 and -1.
Dataset xor_samples(int count, std::uint64_t seed);

// `each` samples of every component, which the label numbers.
Dataset xor_component_samples(int each, std::uint64_t seed);

}  // namespace fsd::experiments
