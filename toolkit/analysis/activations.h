// The activations of a network for a set of inputs, layer by layer.
#pragma once

#include "runtime/model.h"

#include <cstddef>
#include <map>
#include <vector>

namespace fsd::analysis {

// float32 [sample, y, x, channel] behind layer l - 1, that is in front of layer l; l = number of layers is
// what the network gives; l = 0 is the input as the first layer reads it: two Bernoulli states per color, or
// scaled numbers. All samples of all asked layers are held. inputs: as Network::run takes them. Throws
// Error(bad_input) for a layer that does not exist and where a layer's activations are 2^31 numbers or more.
std::map<std::size_t, Tensor> activations_of(const Model &model, const Tensor &inputs,
                                             const std::vector<std::size_t> &layers);

}  // namespace fsd::analysis
