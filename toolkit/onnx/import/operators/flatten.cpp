// Flatten: all numbers of a sample in one axis.
#include "toolkit/onnx/import/operators/axes.h"

namespace fsd::onnx_operators {
namespace {

void append_flatten(ImportChain &chain, const OnnxNode &node, std::size_t) {
    const int64_t axis = node.integer("axis", 1);
    if (!chain.known) {
        return;
    }
    if (axis != 1 && axis != 1 - chain.rank()) {
        node.refuse(text("it flattens from axis ", axis, "; only axis 1 leaves each sample by itself."));
        return;
    }
    give_axes(chain, node, {chain.numbers()});
}

}  // namespace

OnnxOperator flatten() {
    return {append_flatten};
}

}  // namespace fsd::onnx_operators
