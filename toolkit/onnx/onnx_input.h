// The first nodes of a graph: from what the caller gives to what the first layer reads.
#pragma once

#include "toolkit/onnx/onnx_chain.h"
#include "toolkit/onnx/onnx_interface.h"

namespace fsd {

// Begins the chain with the graph's input as [sample, channel, y, x], or [sample, channel] for a vector.
// Where the first layer reads success probabilities, bytes stay as they are, one channel per color.
void append_input(OnnxChain &chain, const Model &model, OnnxNumbers numbers);

}  // namespace fsd
