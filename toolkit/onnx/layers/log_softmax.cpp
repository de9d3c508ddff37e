// log_softmax: LogSoftmax.
#include "toolkit/onnx/layers/over_states.h"

namespace fsd::onnx_layers {

OnnxLayer log_softmax() {
    return {[](OnnxChain &chain, const OnnxPlace &) { append_over_states(chain, "LogSoftmax"); }};
}

}  // namespace fsd::onnx_layers
