// Reads a network from an ONNX file: what a chain of fsdnet's layers can hold, or all reasons why not.
#pragma once

#include "runtime/model.h"
#include "toolkit/onnx/import/onnx_source.h"
#include "toolkit/onnx/import/refusals.h"

namespace fsd {

constexpr int64_t least_operator_set = 7, most_operator_set = 24;

struct OnnxImportOptions {
    std::string result;                // the graph's output to take; empty: its only one
    std::vector<std::string> classes;  // their names; empty: the file's, or their numbers
    std::vector<int> axes;             // of the input behind the samples; empty: what the file says
    double scale = 1, offset = 0;      // what the graph reads is scale * v + offset of what fsdnet is given
    int64_t most_numbers = most_constant_numbers;
};

struct OnnxImported {
    Model model;                       // only where nothing is refused
    std::vector<OnnxRefusal> refused;  // all that a chain of layers cannot hold, in the order of the graph
    int64_t operator_set = 0;
    std::size_t nodes = 0;
    // The layers that fsdnet itself exported, bit for bit; else the graph was read node by node.
    bool is_restored = false;
    std::vector<std::string> notes;  // what became different on the way, as sentences
};

// Throws Error(bad_input) that names the file where it is no ONNX model. A graph that a chain of layers
// cannot hold is no error: what is returned says why.
OnnxImported import_onnx(const std::string &path, const OnnxImportOptions &options = {});

// The same from bytes; `folder` as in read_onnx().
OnnxImported import_onnx_bytes(const std::string &bytes, const std::string &folder,
                               const OnnxImportOptions &options = {});

}  // namespace fsd
