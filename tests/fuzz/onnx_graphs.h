// Small ONNX models for the fuzzer of the importer: with every operator that it knows, and what it refuses.
#pragma once

#include <string>
#include <vector>

namespace fsd::testing {

// Files, whole.
std::vector<std::string> onnx_graphs();

}  // namespace fsd::testing
