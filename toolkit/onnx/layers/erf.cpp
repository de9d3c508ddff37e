// erf: Erf.
#include "toolkit/onnx/layers/onnx_layer.h"

namespace fsd::onnx_layers {

OnnxLayer erf() {
    return {[](OnnxChain &chain, const OnnxPlace &) { chain.append("Erf"); }};
}

}  // namespace fsd::onnx_layers
