// What the kinds of KLD layers share: groups of states, their distributions, the forms of their numbers.
#pragma once

#include "runtime/layers/layer_kind.h"

namespace fsd::layers {

// From distributions to the evidence of `groups` x `states` hidden states. The tensors' window is that of the
// attributes, or the whole map where there are none.
LayerKind kld(const std::string &name, std::vector<AttributeRule> window);

}  // namespace fsd::layers
