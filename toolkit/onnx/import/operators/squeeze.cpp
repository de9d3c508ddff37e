// Squeeze: without axes of extent 1.
#include "toolkit/onnx/import/operators/axes.h"

namespace fsd::onnx_operators {
namespace {

// The extents without the axes, or, where none are named, without all of 1; nothing where one of them is not.
std::optional<std::vector<int64_t>> squeezed(const OnnxNode &node, const std::vector<int64_t> &shape,
                                             std::size_t first) {
    std::vector<int64_t> place;
    const std::vector<int64_t> *named = node.axes(1, 13, place);
    const auto rank = static_cast<int64_t>(shape.size());
    std::vector<bool> drops(shape.size(), false);
    for (std::size_t axis = first; axis < shape.size(); axis++) {
        drops[axis] = !named && shape[axis] == 1;
    }
    for (std::size_t i = 0; named && i < named->size(); i++) {
        const int64_t axis = whole_axis((*named)[i], rank);
        if (axis < static_cast<int64_t>(first) || shape[static_cast<std::size_t>(axis)] != 1) {
            node.refuse(text("it takes axis ", (*named)[i],
                             " away, which is no axis of extent 1 behind the samples."));
            return std::nullopt;
        }
        drops[static_cast<std::size_t>(axis)] = true;
    }
    std::vector<int64_t> left;
    for (std::size_t axis = 0; axis < shape.size(); axis++) {
        if (!drops[axis]) {
            left.push_back(shape[axis]);
        }
    }
    return left;
}

}  // namespace

OnnxOperator squeeze() {
    return {
        [](ImportChain &chain, const OnnxNode &node, std::size_t) { append_new_axes(chain, node, squeezed); },
        [](const OnnxNode &node) { return fold_new_axes(node, squeezed); }};
}

}  // namespace fsd::onnx_operators
