// BatchNormalization: batch_norm.
#include "toolkit/onnx/import/onnx_operator.h"

namespace fsd::onnx_operators {
namespace {

void append_batch_normalization(ImportChain &chain, const OnnxNode &node, std::size_t input) {
    const double epsilon = node.real("epsilon", 1e-5);
    node.ignore("momentum");
    if (node.integer("training_mode", 0) != 0 || node.integer("spatial", 1) != 1) {
        node.refuse(
            "it is in training mode, or has statistics for each site; export the model for inference.");
    }
    std::map<std::string, Tensor> tensors;
    std::size_t place = 1;
    for (const char *role : {"scale", "shift", "mean", "variance"}) {
        const OnnxConstant *numbers = node.reals(place++);
        if (!numbers || input != 0 || numbers->shape.size() != 1) {
            node.refuse(text("its ", role, " is no constant with one axis."));
        } else {
            tensors[role] = float_tensor({static_cast<int>(numbers->reals.size())}, numbers->reals);
        }
    }
    if (!chain.known || node.is_refused()) {
        return;
    }
    const bool has_channels = chain.channel_axis() == 1 && (chain.is_map() || chain.is_one_site());
    for (const auto &[role, tensor] : tensors) {
        if (!has_channels || tensor.number_of_elements() != static_cast<std::size_t>(chain.channels)) {
            node.refuse(text("its ", role, " has ", tensor.number_of_elements(),
                             " numbers, which are not those of the channels of axis 1."));
            return;
        }
    }
    chain.append(node, {"batch_norm", "", {}, {{"epsilon", epsilon}}}, tensors);
}

}  // namespace

OnnxOperator batch_normalization() {
    return {append_batch_normalization};
}

}  // namespace fsd::onnx_operators
