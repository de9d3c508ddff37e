// Which activations of two networks are compared with one another.
#pragma once

#include "runtime/model.h"

#include <cstddef>
#include <vector>

namespace fsd::analysis {

// The activations that a layer with weights reads, but for the input, and those behind the last layer, as
// numbers of layers passed. Maps per channel (batch_norm) count as part of the layer before.
std::vector<std::size_t> compared_layers(const Model &model);

// Whether these activations, behind the first `layer` layers, are distributions over states: logarithms of
// probabilities, or probabilities of two states or more that sum to 1 in every group of every sample.
bool are_distributions(const Model &model, std::size_t layer, const Tensor &activation);

// float32 activations [sample, ...] as they are compared: log-odds of distributions, else as they are.
Tensor comparable(const Model &model, std::size_t layer, const Tensor &activation);

}  // namespace fsd::analysis
