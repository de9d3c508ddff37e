// Sub: with a constant a shift, and where the constant is in front a change of sign.
#include "toolkit/onnx/import/operators/channel_map.h"

namespace fsd::onnx_operators {
namespace {

const Arithmetic sub_arithmetic = {
    [](double a, double b) { return a - b; },
    [](double c, bool value_is_left) -> std::optional<std::pair<double, double>> {
        return value_is_left ? std::pair<double, double>{1, -c} : std::pair<double, double>{-1, c};
    }};

}  // namespace

OnnxOperator sub() {
    return {[](ImportChain &chain, const OnnxNode &node, std::size_t input) {
                append_arithmetic(chain, node, input, sub_arithmetic);
            },
            [](const OnnxNode &node) { return folded_arithmetic(node, sub_arithmetic); }};
}

}  // namespace fsd::onnx_operators
