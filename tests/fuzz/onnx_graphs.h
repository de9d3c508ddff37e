// Small ONNX models for the fuzzer of the importer: with every operator that it knows, and what it refuses.
#pragma once

#include <string>
#include <vector>

namespace fsd::testing {

// A graph in ONNX's text form. Constants of floats that have no numbers get some.
struct OnnxText {
    int operator_set;
    const char *input, *output, *constants, *nodes;
};

// The file of a model that has this graph.
std::string onnx_file_of(const OnnxText &graph);

// Files, whole.
std::vector<std::string> onnx_graphs();

// Files with one mistake each, and graphs of a node or two.
std::vector<std::string> onnx_mistakes();

// The file with one change each: of its description, its constants, its nodes.
std::vector<std::string> onnx_changed(const std::string &file);

}  // namespace fsd::testing
