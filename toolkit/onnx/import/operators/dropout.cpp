// Dropout: nothing, as it is when a network is not trained.
#include "toolkit/onnx/import/onnx_operator.h"

namespace fsd::onnx_operators {
namespace {

void append_dropout(ImportChain &chain, const OnnxNode &node, std::size_t) {
    node.ignore("ratio");
    node.ignore("seed");
    const OnnxConstant *training = node.operator_set() < 12 ? nullptr : node.integer_input(2);
    if (training && (training->integers.size() != 1 || training->integers.front() != 0)) {
        node.refuse("it is in training mode, which draws random numbers; export the model for inference.");
    }
    static_cast<void>(chain);
}

}  // namespace

OnnxOperator dropout() {
    return {append_dropout, folded_input};
}

}  // namespace fsd::onnx_operators
