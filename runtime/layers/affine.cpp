// Weights and biases, and how they absorb a map per channel: slope (w x + b) + offset.
#include "runtime/layers/affine.h"

namespace fsd::layers {
namespace {

// In float64, rounded once.
Tensor mapped(const Tensor &tensor, const ChannelAffine &map, bool with_offset) {
    Tensor result = make_tensor(tensor.type(), shape_of(tensor));
    const auto *from = static_cast<const float *>(tensor.data());
    auto *to = static_cast<float *>(result.data());
    const std::size_t channels = map.slope.size();
    for (std::size_t i = 0; i < tensor.number_of_elements(); i++) {
        const std::size_t channel = i % channels;
        to[i] = static_cast<float>(map.slope[channel] * from[i] + (with_offset ? map.offset[channel] : 0));
    }
    return result;
}

KernelArguments absorbed(const KernelArguments &arguments, const ChannelAffine &map) {
    KernelArguments result = arguments;
    result.tensors["weight"] = mapped(arguments.tensors.at("weight"), map, false);
    result.tensors["bias"] = mapped(arguments.tensors.at("bias"), map, true);
    return result;
}

}  // namespace

LayerKind affine(const std::string &name, const std::function<Shape(const Layer &, const Shape &)> &weight,
                 const std::function<Shape(const Layer &, const Shape &)> &bias) {
    LayerKind kind;
    kind.name = name;
    for (const ActivationKind taken : {ActivationKind::probability, ActivationKind::log_evidence,
                                       ActivationKind::log_probability, ActivationKind::real}) {
        kind.takes_gives.emplace_back(taken, ActivationKind::real);
    }
    kind.tensors = {{"weight", weight, finite()}, {"bias", bias, finite()}};
    kind.absorb = absorbed;
    kind.format_version = 2;
    return kind;
}

Shape channels_of(const Layer &layer, const Shape &) {
    return {layer.attribute("channels")};
}

}  // namespace fsd::layers
