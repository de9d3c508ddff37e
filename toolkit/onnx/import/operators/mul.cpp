// Mul: with a constant a scale.
#include "toolkit/onnx/import/operators/channel_map.h"

namespace fsd::onnx_operators {
namespace {

const Arithmetic mul_arithmetic = {[](double a, double b) { return a * b; },
                                   [](double c, bool) -> std::optional<std::pair<double, double>> {
                                       return {{c, 0}};
                                   }};

}  // namespace

OnnxOperator mul() {
    return {[](ImportChain &chain, const OnnxNode &node, std::size_t input) {
                append_arithmetic(chain, node, input, mul_arithmetic);
            },
            [](const OnnxNode &node) { return folded_arithmetic(node, mul_arithmetic); }};
}

}  // namespace fsd::onnx_operators
