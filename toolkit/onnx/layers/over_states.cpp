// Gives groups an axis where there are several.
#include "toolkit/onnx/layers/over_states.h"

namespace fsd {

void over_states(OnnxChain &chain, const std::function<void(int64_t axis)> &body) {
    if (chain.groups() == 1) {
        body(1);
        return;
    }
    const std::vector<int64_t> sites =
        chain.is_flat ? std::vector<int64_t>{} : std::vector<int64_t>{chain.height(), chain.width()};
    const auto with_sites = [&](std::vector<int64_t> axes) {
        axes.insert(axes.end(), sites.begin(), sites.end());
        return axes;
    };
    chain.reshape(with_sites({chain.groups(), chain.states()}));
    body(2);
    chain.reshape(with_sites({chain.channels()}));
}

void append_over_states(OnnxChain &chain, const std::string &op) {
    over_states(chain, [&](int64_t axis) { chain.append(op, {}, {{"axis", axis}}); });
}

void append_minus_maximum(OnnxChain &chain, int64_t axis) {
    chain.append("Sub", {chain.graph.node("ReduceMax", {chain.value}, {{"axes", {axis}}})});
}

void append_division_by_sum(OnnxChain &chain) {
    over_states(chain, [&](int64_t axis) {
        chain.append("Div",
                     {chain.graph.node("ReduceSum", {chain.value, chain.graph.integers("axes", {axis})})});
    });
}

}  // namespace fsd
