// ConstantOfShape: one number, many times.
#include "toolkit/onnx/import/onnx_operator.h"

namespace fsd::onnx_operators {
namespace {

std::optional<OnnxConstant> fold_constant_of_shape(const OnnxNode &node) {
    const OnnxConstant *shape = node.integer_input(0), *value = node.tensor("value");
    const int64_t count = shape && shape->integers.size() <= 16 ? count_of(shape->integers) : -1;
    const bool fits = !value || (value->kind != OnnxConstant::Kind::other && value->count() == 1);
    if (count < 0 || !fits) {
        node.refuse(text("its shape or its number cannot be used; constants have at most ",
                         most_constant_numbers, " numbers."));
        return std::nullopt;
    }
    if (value && value->is_integer()) {
        return integer_constant(
            shape->integers, std::vector<int64_t>(static_cast<std::size_t>(count), value->integers.front()));
    }
    return real_constant(shape->integers, std::vector<float>(static_cast<std::size_t>(count),
                                                             value ? value->reals.front() : 0.F));
}

}  // namespace

OnnxOperator constant_of_shape() {
    return {nullptr, fold_constant_of_shape};
}

}  // namespace fsd::onnx_operators
