// log_marginal_pool in ONNX.
#pragma once

#include "runtime/model.h"
#include "toolkit/onnx/onnx_chain.h"

namespace fsd {

// Appends LSE - log N over the windows of `layer`. Stays in the log domain, so that probabilities below the
// smallest float keep their logarithm.
void append_log_marginal_pool(OnnxChain &chain, const Layer &layer);

}  // namespace fsd
