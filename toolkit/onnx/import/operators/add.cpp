// Add: with a constant a bias or a shift.
#include "toolkit/onnx/import/operators/channel_map.h"

namespace fsd::onnx_operators {
namespace {

const Arithmetic add_arithmetic = {[](double a, double b) { return a + b; },
                                   [](double c, bool) -> std::optional<std::pair<double, double>> {
                                       return {{1, c}};
                                   }};

}  // namespace

OnnxOperator add() {
    return {[](ImportChain &chain, const OnnxNode &node, std::size_t input) {
                append_arithmetic(chain, node, input, add_arithmetic);
            },
            [](const OnnxNode &node) { return folded_arithmetic(node, add_arithmetic); }};
}

}  // namespace fsd::onnx_operators
