// softmax: Softmax.
#include "toolkit/onnx/layers/over_states.h"

namespace fsd::onnx_layers {

OnnxLayer softmax() {
    return {[](OnnxChain &chain, const OnnxPlace &) { append_over_states(chain, "Softmax"); }};
}

}  // namespace fsd::onnx_layers
