// Concat: of constants, lists of whole numbers one after the other.
#include "toolkit/onnx/import/onnx_operator.h"

namespace fsd::onnx_operators {
namespace {

std::optional<OnnxConstant> fold_concat(const OnnxNode &node) {
    std::vector<int64_t> numbers;
    const int64_t axis = node.integer("axis", 0);
    for (std::size_t i = 0; i < node.input_count(); i++) {
        const OnnxConstant *part = node.integer_input(i);
        if (!part || part->shape.size() != 1 || whole_axis(axis, 1) != 0) {
            node.refuse("it joins constants that are no lists of whole numbers.");
            return std::nullopt;
        }
        numbers.insert(numbers.end(), part->integers.begin(), part->integers.end());
    }
    return integer_constant({static_cast<int64_t>(numbers.size())}, numbers);
}

}  // namespace

OnnxOperator concat() {
    return {nullptr, fold_concat};
}

}  // namespace fsd::onnx_operators
