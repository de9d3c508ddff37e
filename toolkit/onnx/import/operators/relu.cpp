// Relu: relu.
#include "toolkit/onnx/import/onnx_operator.h"

namespace fsd::onnx_operators {
OnnxOperator relu() {
    return {[](ImportChain &chain, const OnnxNode &node, std::size_t) {
        if (chain.known) {
            chain.append(node, {"relu", "", {}});
        }
    }};
}

}  // namespace fsd::onnx_operators
