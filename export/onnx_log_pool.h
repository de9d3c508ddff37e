// log_marginal_pool in ONNX.
#pragma once

#include "export/onnx_chain.h"
#include "runtime/model.h"

namespace fsd {

// Appends LSE - log N over the windows of `layer`. Stays in the log domain, so that probabilities below the
// smallest float keep their logarithm.
void append_log_marginal_pool(OnnxChain &chain, const Layer &layer);

}  // namespace fsd
