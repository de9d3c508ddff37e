// Div: by a constant a scale.
#include "toolkit/onnx/import/operators/channel_map.h"

namespace fsd::onnx_operators {
namespace {

const Arithmetic div_arithmetic = {
    [](double a, double b) { return a / b; },
    [](double c, bool value_is_left) -> std::optional<std::pair<double, double>> {
        return value_is_left && c != 0 ? std::optional<std::pair<double, double>>({1 / c, 0}) : std::nullopt;
    }};

}  // namespace

OnnxOperator div() {
    return {[](ImportChain &chain, const OnnxNode &node, std::size_t input) {
                append_arithmetic(chain, node, input, div_arithmetic);
            },
            [](const OnnxNode &node) { return folded_arithmetic(node, div_arithmetic); }};
}

}  // namespace fsd::onnx_operators
