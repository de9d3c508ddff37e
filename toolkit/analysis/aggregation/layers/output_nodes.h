// Which layers are linear output nodes of the features in front of them, and with which numbers.
#pragma once

#include "runtime/model.h"
#include "toolkit/analysis/aggregation/linear_nodes.h"

#include <optional>

namespace fsd::analysis {

// o = W^T f + b of layer `index` with f the whole map in front of it, row by row, channels innermost. W and b
// are of linear layers what is stored; of the evidence of states the weights are n log q and the bias log pi,
// in nats. None for layers of other kinds.
std::optional<LinearNodes> output_nodes(const Model &model, std::size_t index);

}  // namespace fsd::analysis
