// kld_linear: Gemm with the logarithms of distributions.
#include "toolkit/onnx/layers/kld.h"

namespace fsd::onnx_layers {

OnnxLayer kld_linear() {
    return {
        [](OnnxChain &chain, const OnnxPlace &place) { append_gemm(chain, add_kld(chain, place, true)); }};
}

}  // namespace fsd::onnx_layers
