// Constant: numbers that stand in the node.
#include "toolkit/onnx/import/onnx_operator.h"

namespace fsd::onnx_operators {
namespace {

std::optional<OnnxConstant> fold_constant(const OnnxNode &node) {
    if (const OnnxConstant *tensor = node.tensor("value")) {
        return *tensor;
    }
    if (node.has("value_float")) {
        return real_constant({}, {static_cast<float>(node.real("value_float", 0))});
    }
    if (node.has("value_int")) {
        return integer_constant({}, {node.integer("value_int", 0)});
    }
    if (node.has("value_ints")) {
        std::vector<int64_t> numbers = node.integers("value_ints", {});
        return integer_constant({static_cast<int64_t>(numbers.size())}, numbers);
    }
    node.refuse("it holds neither a tensor nor numbers.");
    return std::nullopt;
}

}  // namespace

OnnxOperator constant() {
    return {nullptr, fold_constant};
}

}  // namespace fsd::onnx_operators
