// How strongly a layer reads each number of its input.
#pragma once

#include "runtime/model.h"

#include <vector>

namespace fsd::analysis {

// The norms of the weights with which layer `layer` reads each number of its input; empty where it is neither
// linear nor a convolution of all channels.
std::vector<double> reading_norms(const Model &model, std::size_t layer);

}  // namespace fsd::analysis
