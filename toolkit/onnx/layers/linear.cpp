// linear: Gemm; the weights follow ONNX's order of the map, channels outermost.
#include "toolkit/onnx/layers/affine.h"

namespace fsd::onnx_layers {
namespace {

void append(OnnxChain &chain, const OnnxPlace &place) {
    const OnnxAffine affine =
        onnx_affine(place.stored("weight"), place.stored("bias"), chain.shape[0], chain.shape[1]);
    append_gemm(chain, add_constants(chain, place.layer(), affine, "weight", true));
}

void restore(const OnnxWeightPlace &place, const float *from, float *to) {
    restore_affine(from, place.input[0] * place.input[1], place.input[2] * place.input[3], place.shape[1],
                   to);
}

}  // namespace

OnnxLayer linear() {
    return {append, false, "weight", restore};
}

}  // namespace fsd::onnx_layers
