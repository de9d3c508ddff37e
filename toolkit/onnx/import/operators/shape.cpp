// Shape: the axes of a value, the samples as 0, which Reshape reads as "as many as there are".
#include "toolkit/onnx/import/onnx_operator.h"

namespace fsd::onnx_operators {
namespace {

OnnxConstant of_axes(const std::vector<int64_t> &axes, const OnnxNode &node) {
    std::vector<int64_t> all = {0};
    all.insert(all.end(), axes.begin(), axes.end());
    const auto rank = static_cast<int64_t>(all.size());
    const auto bound = [&](int64_t place) {
        return std::min(std::max<int64_t>(place < 0 ? place + rank : place, 0), rank);
    };
    const int64_t start = bound(node.integer("start", 0)), end = bound(node.integer("end", rank));
    std::vector<int64_t> part(all.begin() + start, all.begin() + std::max(start, end));
    return integer_constant({static_cast<int64_t>(part.size())}, part);
}

}  // namespace

OnnxOperator shape() {
    return {nullptr, nullptr, of_axes};
}

}  // namespace fsd::onnx_operators
