// Finds what ONNX says for a kind, and what surrounds a layer.
#include "toolkit/onnx/layers/onnx_layer.h"

#include "runtime/layers/folding.h"

namespace fsd {
namespace {

// Pools between the layer and the division hand its numbers on as they are.
bool is_divided_by_sums(const Model &model, std::size_t index) {
    while (++index < model.layers.size() && layer_kind(model.layers[index].op).pools) {
        const OnnxLayer *pool = find_onnx_layer(model.layers[index].op);
        if (pool && pool->divides_by_sums) {
            return true;
        }
    }
    return false;
}

}  // namespace

const OnnxLayer *find_onnx_layer(const std::string &kind) {
    static const std::map<std::string, OnnxLayer> all = known_onnx_layers();
    const auto found = all.find(kind);
    return found == all.end() ? nullptr : &found->second;
}

OnnxPlace onnx_place(const Model &model, std::size_t index, const Shape &output, bool reads_bytes,
                     OnnxWeights weights) {
    const bool reads_success = index == 0 && reads_success_probability(model);
    return {model,
            index,
            output,
            {reads_success, is_up_to_constant(model, index, 1)},
            reads_success && reads_bytes ? 1. / 255 : 1,
            is_divided_by_sums(model, index),
            weights};
}

}  // namespace fsd
