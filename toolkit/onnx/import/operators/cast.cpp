// Cast: of the value, only to float32, in which fsdnet computes.
#include "toolkit/onnx/import/onnx_operator.h"

namespace fsd::onnx_operators {
namespace {

void append_cast(ImportChain &, const OnnxNode &node, std::size_t) {
    const int64_t to = node.integer("to", 0);
    node.ignore("saturate");
    node.ignore("round_mode");
    if (to != onnx_float32) {
        node.refuse(
            text("it casts to ", onnx_type_name(static_cast<int>(to)), "; fsdnet computes in float32."));
    }
}

std::optional<OnnxConstant> fold_cast(const OnnxNode &node) {
    const int64_t to = node.integer("to", 0);
    const bool real = to == onnx_float32, integer = to == onnx_int64;
    if (!real && !integer) {
        node.refuse(text("it casts a constant to ", onnx_type_name(static_cast<int>(to)), "."));
        return std::nullopt;
    }
    std::optional<OnnxConstant> constant = folded_input(node);
    if (constant && real && constant->is_integer()) {
        return real_constant(constant->shape, {constant->integers.begin(), constant->integers.end()});
    }
    if (constant && integer && constant->is_real()) {
        node.refuse("it casts a constant to whole numbers.");
        return std::nullopt;
    }
    return constant;
}

}  // namespace

OnnxOperator cast() {
    return {append_cast, fold_cast};
}

}  // namespace fsd::onnx_operators
