// log_hard_normalize: z - max z.
#include "toolkit/onnx/layers/over_states.h"

namespace fsd::onnx_layers {

OnnxLayer log_hard_normalize() {
    return {[](OnnxChain &chain, const OnnxPlace &) {
        over_states(chain, [&](int64_t axis) { append_minus_maximum(chain, axis); });
    }};
}

}  // namespace fsd::onnx_layers
