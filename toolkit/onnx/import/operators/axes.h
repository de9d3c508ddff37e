// Values whose axes change while their numbers stay.
#pragma once

#include "toolkit/onnx/import/onnx_operator.h"

namespace fsd {

// Gives the chain's value these axes behind the samples; notes at the node where a chain has no such value.
void give_axes(ImportChain &chain, const OnnxNode &node, const std::vector<int64_t> &wanted);

// The axes that a node makes of its input's; notes why it cannot. `first`: the axis behind the samples, 0 of
// a constant.
using NewAxes = std::optional<std::vector<int64_t>> (*)(const OnnxNode &node,
                                                        const std::vector<int64_t> &axes, std::size_t first);

// What becomes of the chain's value, and of a constant.
void append_new_axes(ImportChain &chain, const OnnxNode &node, NewAxes new_axes);
std::optional<OnnxConstant> fold_new_axes(const OnnxNode &node, NewAxes new_axes);

// "[sample, 3, 28, 28]".
std::string axes_text(const std::vector<int64_t> &axes);

}  // namespace fsd
