// conv: Conv, which has groups, too.
#include "toolkit/onnx/layers/affine.h"

namespace fsd::onnx_layers {
namespace {

void append(OnnxChain &chain, const OnnxPlace &place) {
    const Layer &layer = place.layer();
    const OnnxAffine affine = onnx_affine(place.stored("weight"), place.stored("bias"),
                                          layer.attribute("window_y"), layer.attribute("window_x"));
    append_conv(chain, layer, add_constants(chain, layer, affine, "weight", false),
                layer.attribute("groups"));
}

void restore(const OnnxWeightPlace &place, const float *from, float *to) {
    restore_affine(from, place.shape[0] * place.shape[1], place.shape[2], place.shape[3], to);
}

}  // namespace

OnnxLayer conv() {
    return {append, false, "weight", restore};
}

}  // namespace fsd::onnx_layers
