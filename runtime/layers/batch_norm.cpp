// batch_norm: scale (z - mean) / sqrt(variance + epsilon) + shift per channel, with the running statistics of
// training. A map per channel, which an affine layer in front of it absorbs.
#include "runtime/layers/layer_kind.h"

#include <cmath>

namespace fsd::layers {
namespace {

Shape per_channel(const Layer &, const Shape &input) {
    return {input[2] * input[3]};
}

ChannelAffine as_affine(const Model &model, std::size_t index) {
    const Layer &layer = model.layers[index];
    const auto numbers = [&](const char *role) {
        return static_cast<const float *>(model.tensor(layer.name + "." + role).data());
    };
    const float *scale = numbers("scale"), *shift = numbers("shift"), *mean = numbers("mean"),
                *variance = numbers("variance");
    const std::size_t channels = model.tensor(layer.name + ".scale").number_of_elements();
    ChannelAffine map;
    for (std::size_t i = 0; i < channels; i++) {
        map.slope.push_back(scale[i] / std::sqrt(variance[i] + layer.number("epsilon")));
        map.offset.push_back(shift[i] - map.slope.back() * mean[i]);
    }
    return map;
}

Tensor tensor_of(const std::vector<double> &numbers) {
    Tensor tensor = make_tensor<float>({static_cast<int>(numbers.size())});
    for (std::size_t i = 0; i < numbers.size(); i++) {
        static_cast<float *>(tensor.data())[i] = static_cast<float>(numbers[i]);
    }
    return tensor;
}

KernelArguments arguments(const Model &model, std::size_t index, const LayerForm &) {
    const ChannelAffine map = as_affine(model, index);
    return {{{"slope", tensor_of(map.slope)}, {"offset", tensor_of(map.offset)}}, {}};
}

}  // namespace

LayerKind batch_norm() {
    LayerKind kind;
    kind.name = "batch_norm";
    kind.takes_gives = {{ActivationKind::real, ActivationKind::real},
                        {ActivationKind::log_evidence, ActivationKind::real}};
    kind.numbers = {{"epsilon", 1e-12, 1, 1e-5}};
    kind.tensors = {{"scale", per_channel, finite()},
                    {"shift", per_channel, finite()},
                    {"mean", per_channel, finite()},
                    {"variance", per_channel, finite_non_negative()}};
    kind.op = [](const Layer &) { return "channel_affine"; };
    kind.arguments = arguments;
    kind.as_channel_affine = as_affine;
    kind.format_version = 2;
    return kind;
}

}  // namespace fsd::layers
