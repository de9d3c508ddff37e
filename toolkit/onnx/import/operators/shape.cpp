// Shape: the axes of a value, the samples as 0, which Reshape reads as "as many as there are"; those of a
// constant as they are.
#include "toolkit/onnx/import/onnx_operator.h"

#include <algorithm>

namespace fsd::onnx_operators {
namespace {

OnnxConstant part_of(const std::vector<int64_t> &axes, const OnnxNode &node) {
    const auto rank = static_cast<int64_t>(axes.size());
    const auto bound = [&](int64_t place) {
        return std::min(std::max<int64_t>(place < 0 ? place + rank : place, 0), rank);
    };
    const int64_t start = bound(node.integer("start", 0)), end = bound(node.integer("end", rank));
    std::vector<int64_t> part(axes.begin() + start, axes.begin() + std::max(start, end));
    return integer_constant({static_cast<int64_t>(part.size())}, part);
}

OnnxConstant of_axes(const std::vector<int64_t> &axes, const OnnxNode &node) {
    std::vector<int64_t> all = {0};
    all.insert(all.end(), axes.begin(), axes.end());
    return part_of(all, node);
}

std::optional<OnnxConstant> fold_shape(const OnnxNode &node) {
    const OnnxConstant *constant = node.any_constant(0);
    return constant ? std::optional<OnnxConstant>(part_of(constant->shape, node)) : std::nullopt;
}

}  // namespace

OnnxOperator shape() {
    return {nullptr, fold_shape, of_axes};
}

}  // namespace fsd::onnx_operators
