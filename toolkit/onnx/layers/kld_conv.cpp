// kld_conv: Conv with the logarithms of distributions.
#include "toolkit/onnx/layers/kld.h"

namespace fsd::onnx_layers {

OnnxLayer kld_conv() {
    return {[](OnnxChain &chain, const OnnxPlace &place) {
        append_conv(chain, place.layer(), add_kld(chain, place, false));
    }};
}

}  // namespace fsd::onnx_layers
