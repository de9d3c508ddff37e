// relu: Relu.
#include "toolkit/onnx/layers/onnx_layer.h"

namespace fsd::onnx_layers {

OnnxLayer relu() {
    return {[](OnnxChain &chain, const OnnxPlace &) { chain.append("Relu"); }};
}

}  // namespace fsd::onnx_layers
