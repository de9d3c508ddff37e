// Before operator set 13 all axes from `axis` on were one.
#include "toolkit/onnx/import/operators/softmax_axis.h"

namespace fsd {

void append_over_channels(ImportChain &chain, const OnnxNode &node, const std::string &kind) {
    const bool joins_axes = node.operator_set() < 13;
    const int64_t given = node.integer("axis", joins_axes ? 1 : -1);
    if (!chain.known) {
        return;
    }
    const bool several_sites = !chain.is_one_site();
    const bool is_channel = chain.rank() > 1 && whole_axis(given, chain.rank()) == chain.channel_axis();
    if (!is_channel || (several_sites && (joins_axes || chain.order == AxisOrder::flat))) {
        node.refuse(text("it goes over axis ", given, ", which is not that of the channels of one site."));
        return;
    }
    chain.append(node, {kind, "", {}});
}

bool ends_with_logarithm(Model &model) {
    const bool ends = !model.layers.empty() && model.layers.back().op == "softmax";
    if (ends) {
        model.layers.back().op = "log_softmax";
    }
    return ends;
}

bool gives_classes(const Model &model) {
    return !model.layers.empty() && model.layers.back().op == "log_softmax";
}

void append_classes(Model &model) {
    model.layers.push_back({"log_softmax", "", {}});
}

}  // namespace fsd
