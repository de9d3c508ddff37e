// MatMul: linear without a bias, which an Add behind it may bring.
#include "toolkit/onnx/import/operators/dense.h"

namespace fsd::onnx_operators {
namespace {

void append_mat_mul(ImportChain &chain, const OnnxNode &node, std::size_t input) {
    const OnnxConstant *weights = input == 0 ? node.reals(1) : nullptr;
    if (!weights || weights->shape.size() != 2) {
        node.refuse("its weights, the second input, are no constant with two axes.");
        return;
    }
    if (chain.known) {
        append_dense(chain, node, *weights, false, 1,
                     std::vector<float>(static_cast<std::size_t>(weights->shape[1]), 0.F));
    }
}

}  // namespace

OnnxOperator mat_mul() {
    return {append_mat_mul};
}

}  // namespace fsd::onnx_operators
