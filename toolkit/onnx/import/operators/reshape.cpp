// Reshape: into one axis, or back into a map.
#include "toolkit/onnx/import/operators/axes.h"

namespace fsd::onnx_operators {
namespace {

// The axes behind the samples. Nothing, and a reason noted, where the samples do not stay in front.
std::optional<std::vector<int64_t>> axes_of(const ImportChain &chain, const OnnxNode &node,
                                            const std::vector<int64_t> &target) {
    const std::vector<int64_t> from = chain.axes();
    std::vector<int64_t> axes;
    int64_t product = 1, unknown = -1;
    for (std::size_t i = 1; i < target.size() && i < 5; i++) {
        axes.push_back(target[i] != 0 ? target[i] : i <= from.size() ? from[i - 1] : 0);
        if (axes.back() == -1 && unknown < 0) {
            unknown = static_cast<int64_t>(i) - 1;
        } else if (axes.back() < 1 || axes.back() > chain.numbers() || product > chain.numbers()) {
            product = 0;
        } else {
            product *= axes.back();
        }
    }
    const bool samples_stay =
        !target.empty() && (target[0] == 0 || target[0] == chain.samples || (target[0] == -1 && unknown < 0));
    if (unknown >= 0 && product > 0) {
        axes[static_cast<std::size_t>(unknown)] = chain.numbers() / product;
        product *= axes[static_cast<std::size_t>(unknown)];
    }
    if (target.size() < 2 || target.size() > 4 || !samples_stay || product != chain.numbers()) {
        node.refuse(text("it does not keep the samples of ", axes_text(from),
                         " as the first axis, with up to three others."));
        return std::nullopt;
    }
    return axes;
}

std::vector<int64_t> target_of(const OnnxNode &node) {
    if (node.integer("allowzero", 0) != 0) {
        node.refuse("with allowzero an axis may have no numbers.");
    }
    const OnnxConstant *shape = node.integer_input(1);
    if (!shape && !node.is_refused()) {
        node.refuse("it does not say the shape.");
    }
    return shape ? shape->integers : std::vector<int64_t>{};
}

void append_reshape(ImportChain &chain, const OnnxNode &node, std::size_t) {
    const std::vector<int64_t> target = target_of(node);
    if (!chain.known || node.is_refused()) {
        return;
    }
    if (const auto axes = axes_of(chain, node, target)) {
        give_axes(chain, node, *axes);
    }
}

std::optional<OnnxConstant> fold_reshape(const OnnxNode &node) {
    std::vector<int64_t> target = target_of(node);
    const std::optional<OnnxConstant> constant = folded_input(node);
    if (!constant || node.is_refused()) {
        return std::nullopt;
    }
    int64_t product = 1;
    for (std::size_t i = 0; i < target.size(); i++) {
        target[i] = target[i] == 0 && i < constant->shape.size() ? constant->shape[i] : target[i];
        const bool fits = target[i] > 0 && product <= most_constant_numbers / target[i];
        product *= target[i] == -1 ? 1 : fits ? target[i] : 0;
    }
    const auto free_axis = std::find(target.begin(), target.end(), -1);
    if (free_axis != target.end() && product > 0) {
        *free_axis = static_cast<int64_t>(constant->count()) / product;
    }
    return with_axes(node, *constant, target);
}

}  // namespace

OnnxOperator reshape() {
    return {append_reshape, fold_reshape};
}

}  // namespace fsd::onnx_operators
