// Transpose: of the value, channels first to channels last and back; of constants, any.
#include "toolkit/onnx/import/operators/axes.h"

namespace fsd::onnx_operators {
namespace {

void append_transpose(ImportChain &chain, const OnnxNode &node, std::size_t) {
    const std::vector<int64_t> order = node.integers("perm", {});
    if (!chain.known) {
        return;
    }
    std::vector<int64_t> same, to_last = {0}, to_first = {0, chain.rank() - 1};
    for (int64_t axis = 0; axis < chain.rank(); axis++) {
        same.push_back(axis);
        if (axis > 1) {
            to_last.push_back(axis);
        }
        if (axis > 0 && axis + 1 < chain.rank()) {
            to_first.push_back(axis);
        }
    }
    to_last.push_back(1);
    if (order == same) {
        return;
    }
    if (chain.order == AxisOrder::channels_first && order == to_last) {
        chain.order = AxisOrder::channels_last;
    } else if (chain.order == AxisOrder::channels_last && order == to_first) {
        chain.order = AxisOrder::channels_first;
    } else {
        node.refuse(text("it reorders the axes of ", axes_text(chain.axes()),
                         " in another way than from channels first to channels last or back."));
    }
}

bool is_permutation(const std::vector<int64_t> &order, std::size_t rank) {
    std::vector<bool> seen(rank, false);
    for (const int64_t axis : order) {
        if (axis < 0 || axis >= static_cast<int64_t>(rank) || seen[static_cast<std::size_t>(axis)]) {
            return false;
        }
        seen[static_cast<std::size_t>(axis)] = true;
    }
    return order.size() == rank;
}

std::optional<OnnxConstant> fold_transpose(const OnnxNode &node) {
    const OnnxConstant *from = node.reals(0);
    std::vector<int64_t> reversed;
    for (std::size_t i = from ? from->shape.size() : 0; i > 0; i--) {
        reversed.push_back(static_cast<int64_t>(i) - 1);
    }
    const std::vector<int64_t> order = node.integers("perm", reversed);
    if (!from || !is_permutation(order, from->shape.size())) {
        node.refuse("its perm is no order of the constant's axes.");
        return std::nullopt;
    }
    OnnxConstant to = real_constant({}, std::vector<float>(from->reals.size()));
    std::vector<int64_t> steps(order.size(), 1);  // in `from`, by its axes
    for (std::size_t axis = order.size(); axis-- > 1;) {
        steps[axis - 1] = steps[axis] * from->shape[axis];
    }
    for (const int64_t axis : order) {
        to.shape.push_back(from->shape[static_cast<std::size_t>(axis)]);
    }
    for (std::size_t i = 0; i < to.reals.size(); i++) {
        int64_t place = 0;
        auto rest = static_cast<int64_t>(i);
        for (std::size_t axis = order.size(); axis-- > 0;) {
            place += rest % to.shape[axis] * steps[static_cast<std::size_t>(order[axis])];
            rest /= to.shape[axis];
        }
        to.reals[i] = from->reals[static_cast<std::size_t>(place)];
    }
    return to;
}

}  // namespace

OnnxOperator transpose() {
    return {append_transpose, fold_transpose};
}

}  // namespace fsd::onnx_operators
