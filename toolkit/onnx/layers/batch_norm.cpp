// batch_norm: BatchNormalization with the stored statistics. It stays a node; runtimes fold it as they like.
#include "toolkit/onnx/layers/onnx_layer.h"

namespace fsd::onnx_layers {
namespace {

void append(OnnxChain &chain, const OnnxPlace &place) {
    OnnxGraph::Inputs constants;
    for (const char *role : {"scale", "shift", "mean", "variance"}) {  // in ONNX's order
        const Tensor &stored = place.stored(role);
        const auto *numbers = static_cast<const float *>(stored.data());
        const std::size_t count = stored.number_of_elements();
        constants.push_back(chain.graph.numbers(place.layer().name + "." + role, {static_cast<int>(count)},
                                                {numbers, numbers + count}));
    }
    chain.append("BatchNormalization", constants,
                 {OnnxGraph::Attribute::real("epsilon", place.layer().number("epsilon"))});
}

}  // namespace

OnnxLayer batch_norm() {
    return {append};
}

}  // namespace fsd::onnx_layers
