// Unsqueeze: with more axes of extent 1.
#include "toolkit/onnx/import/operators/axes.h"

namespace fsd::onnx_operators {
namespace {

std::optional<std::vector<int64_t>> unsqueezed(const OnnxNode &node, const std::vector<int64_t> &shape,
                                               std::size_t first) {
    std::vector<int64_t> place;
    const std::vector<int64_t> *named = node.axes(1, 13, place);
    const std::size_t rank = shape.size() + (named ? named->size() : 0);
    std::vector<bool> added(rank, false);
    for (std::size_t i = 0; named && i < named->size(); i++) {
        const int64_t axis = whole_axis((*named)[i], static_cast<int64_t>(rank));
        if (axis < static_cast<int64_t>(first) || added[static_cast<std::size_t>(axis)] || rank > 16) {
            node.refuse(text("it adds axis ", (*named)[i], ", which is none behind the samples, or twice."));
            return std::nullopt;
        }
        added[static_cast<std::size_t>(axis)] = true;
    }
    std::vector<int64_t> axes;
    auto next = shape.begin();
    for (std::size_t axis = 0; axis < rank; axis++) {
        axes.push_back(added[axis] ? 1 : *next++);
    }
    return axes;
}

}  // namespace

OnnxOperator unsqueeze() {
    return {[](ImportChain &chain, const OnnxNode &node, std::size_t) {
                append_new_axes(chain, node, unsqueezed);
            },
            [](const OnnxNode &node) { return fold_new_axes(node, unsqueezed); }};
}

}  // namespace fsd::onnx_operators
