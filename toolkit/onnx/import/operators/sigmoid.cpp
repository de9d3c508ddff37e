// Sigmoid: sigmoid.
#include "toolkit/onnx/import/onnx_operator.h"

namespace fsd::onnx_operators {
OnnxOperator sigmoid() {
    return {[](ImportChain &chain, const OnnxNode &node, std::size_t) {
        if (chain.known) {
            chain.append(node, {"sigmoid", "", {}});
        }
    }};
}

}  // namespace fsd::onnx_operators
