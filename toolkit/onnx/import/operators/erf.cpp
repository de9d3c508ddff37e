// Erf: erf.
#include "toolkit/onnx/import/onnx_operator.h"

namespace fsd::onnx_operators {
OnnxOperator erf() {
    return {[](ImportChain &chain, const OnnxNode &node, std::size_t) {
        if (chain.known) {
            chain.append(node, {"erf", "", {}});
        }
    }};
}

}  // namespace fsd::onnx_operators
