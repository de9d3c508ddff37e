// conv: Conv, which has groups, too.
#include "toolkit/onnx/layers/affine.h"

namespace fsd::onnx_layers {

OnnxLayer conv() {
    return {[](OnnxChain &chain, const OnnxPlace &place) {
        const Layer &layer = place.layer();
        append_conv(chain, layer,
                    onnx_affine(place.stored("weight"), place.stored("bias"), layer.attribute("window_y"),
                                layer.attribute("window_x")),
                    "weight", layer.attribute("groups"));
    }};
}

}  // namespace fsd::onnx_layers
