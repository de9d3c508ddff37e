// quadratic: z + alpha z^2.
#include "toolkit/onnx/layers/onnx_layer.h"

namespace fsd::onnx_layers {
namespace {

void append(OnnxChain &chain, const OnnxPlace &place) {
    const std::string z = chain.value;
    chain.append("Mul", {z});
    chain.append("Mul", {chain.graph.number("alpha", static_cast<float>(place.layer().number("alpha")))});
    chain.append("Add", {z});
}

}  // namespace

OnnxLayer quadratic() {
    return {append};
}

}  // namespace fsd::onnx_layers
