// Values whose axes change while their numbers stay.
#pragma once

#include "toolkit/onnx/import/onnx_operator.h"

namespace fsd {

// Gives the chain's value these axes behind the samples; notes at the node where a chain has no such value.
void give_axes(ImportChain &chain, const OnnxNode &node, const std::vector<int64_t> &wanted);

// "[sample, 3, 28, 28]".
std::string axes_text(const std::vector<int64_t> &axes);

}  // namespace fsd
