// What the kinds share that take one number of each window of sites.
#pragma once

#include "runtime/layers/layer_kind.h"

namespace fsd::layers {

// Takes the kinds of activation and keeps them.
LayerKind pool(const std::string &name, const std::vector<ActivationKind> &kinds);

}  // namespace fsd::layers
