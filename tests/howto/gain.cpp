// gain: a factor per channel. The example of docs/howto/add-a-layer.md.
#include "runtime/layers/layer_kind.h"

namespace fsd::layers {
namespace {

Shape per_channel(const Layer &, const Shape &input) {
    return {input[2] * input[3]};
}

// The kernel wants an offset beside the factors.
KernelArguments arguments(const Model &model, std::size_t index, const LayerForm &) {
    const Tensor factors = model.tensor(model.layers[index].name + ".factor").copy();
    return {{{"slope", factors}, {"offset", make_tensor<float>(shape_of(factors))}}, {}};
}

}  // namespace

LayerKind gain() {
    LayerKind kind;
    kind.name = "gain";
    kind.takes_gives = {{ActivationKind::real, ActivationKind::real}};
    kind.tensors = {{"factor", per_channel, finite_positive()}};
    kind.op = [](const Layer &) { return "channel_affine"; };
    kind.arguments = arguments;
    kind.format_version = 2;
    return kind;
}

}  // namespace fsd::layers
