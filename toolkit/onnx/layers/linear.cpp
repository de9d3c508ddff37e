// linear: Gemm; the weights follow ONNX's order of the map, channels outermost.
#include "toolkit/onnx/layers/affine.h"

namespace fsd::onnx_layers {

OnnxLayer linear() {
    return {[](OnnxChain &chain, const OnnxPlace &place) {
        append_gemm(chain, place.layer(),
                    onnx_affine(place.stored("weight"), place.stored("bias"), chain.shape[0], chain.shape[1]),
                    "weight");
    }};
}

}  // namespace fsd::onnx_layers
