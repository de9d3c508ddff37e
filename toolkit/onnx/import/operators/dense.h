// A layer that reads all numbers of a value, as Gemm and MatMul have it.
#pragma once

#include "toolkit/onnx/import/onnx_operator.h"

namespace fsd {

// `weights`: a constant [inputs, outputs], or [outputs, inputs] where it is transposed, times `factor`.
// Inputs are brought from ONNX's order of the map to ours.
void append_dense(ImportChain &chain, const OnnxNode &node, const OnnxConstant &weights, bool transposed,
                  double factor, const std::vector<float> &bias);

}  // namespace fsd
