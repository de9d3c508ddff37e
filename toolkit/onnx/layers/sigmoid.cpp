// sigmoid: Sigmoid. ONNX Runtime's (1.31) is off by 1e-7 and 0 below -18. That is the fastest form; but where
// all states of a group are that improbable and are then divided by their sum, relative accuracy matters.
#include "toolkit/onnx/layers/onnx_layer.h"

namespace fsd::onnx_layers {
namespace {

void append(OnnxChain &chain, const OnnxPlace &place) {
    if (!place.divided_by_sums) {
        chain.append("Sigmoid");
        return;
    }
    chain.append("Neg");
    chain.append("Exp");
    chain.append("Add", {chain.graph.number("one", 1)});
    chain.append("Reciprocal");
}

}  // namespace

OnnxLayer sigmoid() {
    return {append};
}

}  // namespace fsd::onnx_layers
