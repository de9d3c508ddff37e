// Operators along the states of each group.
#pragma once

#include "toolkit/onnx/layers/onnx_layer.h"

#include <functional>

namespace fsd {

// Applies `body(axis of the states)`. Several groups get an axis of their own meanwhile.
void over_states(OnnxChain &chain, const std::function<void(int64_t axis)> &body);

// The operator with the attribute `axis`.
void append_over_states(OnnxChain &chain, const std::string &op);

// z - max z along the axis.
void append_minus_maximum(OnnxChain &chain, int64_t axis);

void append_division_by_sum(OnnxChain &chain);

}  // namespace fsd
