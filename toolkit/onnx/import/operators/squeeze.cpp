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

void append_squeeze(ImportChain &chain, const OnnxNode &node, std::size_t) {
    std::vector<int64_t> shape = chain.axes();
    shape.insert(shape.begin(), 0);  // the samples, of which nobody knows how many
    if (!chain.known) {
        node.ignore("axes");
        return;
    }
    if (const auto left = squeezed(node, shape, 1)) {
        give_axes(chain, node, {left->begin() + 1, left->end()});
    }
}

std::optional<OnnxConstant> fold_squeeze(const OnnxNode &node) {
    const auto constant = folded_input(node);
    const auto axes = constant ? squeezed(node, constant->shape, 0) : std::nullopt;
    return axes ? with_axes(node, *constant, *axes) : std::nullopt;
}

}  // namespace

OnnxOperator squeeze() {
    return {append_squeeze, fold_squeeze};
}

}  // namespace fsd::onnx_operators
