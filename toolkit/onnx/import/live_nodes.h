// Which nodes a result needs.
#pragma once

#include "toolkit/onnx/import/onnx_source.h"

#include <set>

namespace fsd {

struct LiveGraph {
    std::vector<const OnnxSourceNode *> nodes;  // in the file's order
    std::set<std::string> values;               // that they read, or that are the result
    std::vector<const OnnxSourceValue *> inputs;
};

// Throws Error(bad_input) where a value is given twice or read before it is given.
LiveGraph live_graph(const OnnxSource &source, const std::string &result);

}  // namespace fsd
