// Finds the room of an operator; what several rooms share.
#include "toolkit/onnx/import/onnx_operator.h"

namespace fsd {

const OnnxOperator *find_onnx_operator(const std::string &op) {
    static const std::map<std::string, OnnxOperator> all = known_onnx_operators();
    const auto found = all.find(op);
    return found == all.end() ? nullptr : &found->second;
}

int64_t whole_axis(int64_t axis, int64_t rank) {
    const int64_t whole = axis < 0 ? axis + rank : axis;
    return whole >= 0 && whole < rank ? whole : -1;
}

void append_nothing(ImportChain &, const OnnxNode &, std::size_t) {}

std::optional<OnnxConstant> folded_input(const OnnxNode &node) {
    const OnnxConstant *constant = node.any_constant(0);
    return constant ? std::optional<OnnxConstant>(*constant) : std::nullopt;
}

std::optional<OnnxConstant> with_axes(const OnnxNode &node, const OnnxConstant &constant,
                                      const std::vector<int64_t> &axes) {
    if (axes.size() > 16 || count_of(axes) != static_cast<int64_t>(constant.count())) {
        node.refuse("its constant does not have as many numbers as the axes that it gives.");
        return std::nullopt;
    }
    OnnxConstant same = constant;
    same.shape = axes;
    return same;
}

}  // namespace fsd
