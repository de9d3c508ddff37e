// What the importer knows of an operator. Each is one file in toolkit/onnx/import/operators/ and one line in
// its CMakeLists.txt; the walk over a graph (graph_walk.cpp) knows no names.
#pragma once

#include "toolkit/onnx/import/import_chain.h"

#include <optional>

namespace fsd {

struct OnnxOperator {
    // Takes the chain's value as input number `input` and appends what it becomes. Judges its attributes
    // first; returns where the chain is not known. Undefined: no layer does that.
    void (*append)(ImportChain &chain, const OnnxNode &node, std::size_t input) = nullptr;

    // Computes a node of constants. Notes at the node why not, and returns nothing. Undefined: it does not.
    std::optional<OnnxConstant> (*fold)(const OnnxNode &node) = nullptr;

    // A constant that follows from the axes of a value alone, without its numbers.
    OnnxConstant (*of_axes)(const std::vector<int64_t> &axes, const OnnxNode &node) = nullptr;
};

// nullptr where there is no room for the operator.
const OnnxOperator *find_onnx_operator(const std::string &op);

// All of them, by name: the list that the build writes.
std::map<std::string, OnnxOperator> known_onnx_operators();

// The axis counted from 0; -1 where there is none such.
int64_t whole_axis(int64_t axis, int64_t rank);

// A node that gives what it takes.
void append_nothing(ImportChain &chain, const OnnxNode &node, std::size_t input);

// The numbers of a constant input as they are.
std::optional<OnnxConstant> folded_input(const OnnxNode &node);

// A constant under other axes; nothing, and a reason noted, where they do not fit.
std::optional<OnnxConstant> with_axes(const OnnxNode &node, const OnnxConstant &constant,
                                      const std::vector<int64_t> &axes);

}  // namespace fsd
