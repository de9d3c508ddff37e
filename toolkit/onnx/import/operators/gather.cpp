// Gather: of constants, numbers of a list.
#include "toolkit/onnx/import/onnx_operator.h"

namespace fsd::onnx_operators {
namespace {

std::optional<OnnxConstant> fold_gather(const OnnxNode &node) {
    const OnnxConstant *list = node.integer_input(0), *indices = node.integer_input(1);
    if (!list || !indices || list->shape.size() != 1 || whole_axis(node.integer("axis", 0), 1) != 0) {
        node.refuse("it takes numbers of a constant that is no list of whole numbers.");
        return std::nullopt;
    }
    std::vector<int64_t> taken;
    for (const int64_t index : indices->integers) {
        const int64_t place = whole_axis(index, static_cast<int64_t>(list->integers.size()));
        if (place < 0) {
            node.refuse(text("it takes number ", index, " of a list of ", list->integers.size(), "."));
            return std::nullopt;
        }
        taken.push_back(list->integers[static_cast<std::size_t>(place)]);
    }
    return integer_constant(indices->shape, taken);
}

}  // namespace

OnnxOperator gather() {
    return {nullptr, fold_gather};
}

}  // namespace fsd::onnx_operators
