// Walks over a graph's nodes and lets the room of each operator say what becomes of the chain.
#pragma once

#include "toolkit/onnx/import/onnx_import.h"
#include "toolkit/onnx/import/onnx_operator.h"

namespace fsd {

// The graph as a model; notes all that a chain of layers cannot hold. The model is complete where nothing
// was noted. Throws Error(bad_input) where the graph is none: values that nothing gives, or that are given
// twice. Constants that it computes are added to the source. Throws Error(usage) where the asked result is no
// output. Adds to `notes` what the user should know.
Model walk_graph(OnnxSource &source, const OnnxImportOptions &options, Refusals &refusals,
                 std::vector<std::string> &notes);

}  // namespace fsd
