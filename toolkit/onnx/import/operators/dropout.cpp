// Dropout: nothing, as it is when a network is not trained.
#include "toolkit/onnx/import/onnx_operator.h"

namespace fsd::onnx_operators {
namespace {

void check_inference(const OnnxNode &node) {
    node.ignore("ratio");
    node.ignore("seed");
    const OnnxConstant *training = node.operator_set() < 12 ? nullptr : node.integer_input(2);
    if (training && (training->integers.size() != 1 || training->integers.front() != 0)) {
        node.refuse("it is in training mode, which draws random numbers; export the model for inference.");
    }
}

void append_dropout(ImportChain &, const OnnxNode &node, std::size_t) {
    check_inference(node);
}

std::optional<OnnxConstant> fold_dropout(const OnnxNode &node) {
    check_inference(node);
    return node.is_refused() ? std::nullopt : folded_input(node);
}

}  // namespace

OnnxOperator dropout() {
    return {append_dropout, fold_dropout};
}

}  // namespace fsd::onnx_operators
