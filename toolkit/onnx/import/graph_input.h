// What a chain begins with.
#pragma once

#include "toolkit/onnx/import/live_nodes.h"
#include "toolkit/onnx/import/onnx_import.h"
#include "toolkit/onnx/import/onnx_operator.h"

namespace fsd {

// Begins the chain with the graph's input and returns its name; notes why it cannot be one.
std::string begin_chain(ImportChain &chain, const LiveGraph &live, const OnnxSource &source,
                        const OnnxImportOptions &options, Refusals &refusals);

}  // namespace fsd
