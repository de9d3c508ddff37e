// A network that fsdnet itself exported, as it was.
#pragma once

#include "runtime/model.h"
#include "toolkit/onnx/import/onnx_source.h"

#include <optional>

namespace fsd {

// The description that travels in the file's metadata; nothing where there is none. Throws Error(bad_input)
// where it is none that fsdnet reads.
std::optional<Model> described_model(const OnnxSource &source);

// The described layers with the numbers of the graph's constants of their names. Nothing unless exporting
// the model again gives the same graph, bit for bit: nodes, and not metadata, say what a file computes.
// `bytes` is the whole file.
std::optional<Model> restored_model(const Model &described, const OnnxSource &source,
                                    const std::string &bytes);

}  // namespace fsd
