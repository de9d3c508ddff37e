// Gemm: linear.
#include "toolkit/onnx/import/operators/dense.h"

namespace fsd::onnx_operators {
namespace {

// One number for each output, whatever form it has.
std::optional<std::vector<float>> gemm_bias(const OnnxNode &node, std::size_t outputs, double factor) {
    const OnnxConstant *given = node.reals(2);
    if (!given) {
        return std::vector<float>(outputs, 0.F);
    }
    const bool varies = given->shape.size() == 2 && given->shape[0] != 1;
    if (varies || given->shape.size() > 2 || (given->reals.size() != 1 && given->reals.size() != outputs)) {
        node.refuse("its bias is neither one number nor one for each output.");
        return std::nullopt;
    }
    std::vector<float> bias;
    for (std::size_t i = 0; i < outputs; i++) {
        bias.push_back(static_cast<float>(factor * given->reals[given->reals.size() == 1 ? 0 : i]));
    }
    return bias;
}

void append_gemm(ImportChain &chain, const OnnxNode &node, std::size_t input) {
    const double alpha = node.real("alpha", 1), beta = node.real("beta", 1);
    const bool transposed = node.integer("transB", 0) != 0;
    if (node.integer("transA", 0) != 0) {
        node.refuse("it transposes the value (transA), which makes numbers of the samples.");
    }
    const OnnxConstant *weights = input == 0 ? node.reals(1) : nullptr;
    if (!weights || weights->shape.size() != 2) {
        node.refuse("its weights, the second input, are no constant with two axes.");
        return;
    }
    const auto bias = gemm_bias(node, static_cast<std::size_t>(weights->shape[transposed ? 0 : 1]), beta);
    if (bias && chain.known && !node.is_refused()) {
        append_dense(chain, node, *weights, transposed, alpha, *bias);
    }
}

}  // namespace

OnnxOperator gemm() {
    return {append_gemm};
}

}  // namespace fsd::onnx_operators
