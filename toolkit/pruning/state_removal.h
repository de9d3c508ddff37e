// Removes states of an FSD layer: the network given that they never occur (docs/math.md, 2.7).
#pragma once

#include "runtime/model.h"

#include <string>
#include <vector>

namespace fsd {

// The KLD layer that reads the states of this one, through layers that make distributions of distributions.
// Throws Error(unsupported) that names what stands in the way: then the layer cannot lose states.
std::size_t reader_of_states(const Model &model, std::size_t layer);

// The layers that can lose states, in their order.
std::vector<std::size_t> layers_that_can_lose_states(const Model &model);

// By the name of its tensors or by its index. Throws Error(usage) that lists the layers that can lose states
// where there is no such layer.
std::size_t layer_called(const Model &model, const std::string &name_or_index);

// The states of each group that stay: ascending, in each group as many, at least 2.
using KeptStates = std::vector<std::vector<int>>;

// The exact network under the condition that no other states occur at any site: each site's posterior is
// p(h | h stays), its filters and prior are distributions over fewer states. Where the reader's windows reach
// over the border, exact in the interior of the map. Without the model's novelty, which was fitted to other
// numbers. Throws Error(unsupported) as reader_of_states(), Error(usage) for states that the layer does not
// have.
Model with_states(const Model &model, std::size_t layer, const KeptStates &kept);

}  // namespace fsd
