// Conv: conv.
#include "runtime/models/model_limits.h"
#include "toolkit/onnx/import/operators/windows.h"

namespace fsd::onnx_operators {
namespace {

bool is_kernel(const OnnxNode &node, const OnnxConstant &weights, const OnnxConstant *bias, int64_t groups) {
    const int64_t outputs = weights.shape[0], inputs = weights.shape[1];
    const bool fits = outputs >= 1 && outputs <= most_extent && inputs >= 1 && inputs <= most_extent &&
                      groups >= 1 && groups <= outputs && outputs % groups == 0;
    if (!fits || (bias && bias->reals.size() != static_cast<std::size_t>(outputs))) {
        node.refuse(text("its weights give ", outputs, " channels of ", inputs, " in ", groups,
                         " groups, to which its other numbers do not fit."));
        return false;
    }
    return true;
}

void append_convolution(ImportChain &chain, const OnnxNode &node, std::size_t input) {
    const OnnxConstant *weights = node.reals(1), *bias = node.reals(2);
    const int64_t groups = node.integer("group", 1);
    node.ignore("kernel_shape");  // the weights have it
    if (input != 0 || !weights || weights->shape.size() < 3) {
        node.refuse("its weights are no constant with an axis for outputs, inputs and sites each.");
        return;
    }
    const bool is_whole = is_kernel(node, *weights, bias, groups);
    const auto windows =
        onnx_windows(chain, node, std::vector<int64_t>(weights->shape.begin() + 2, weights->shape.end()));
    if (!windows || !is_whole) {
        return;
    }
    const auto outputs = static_cast<int>(weights->shape[0]), inputs = static_cast<int>(weights->shape[1]);
    if (int64_t(inputs) * groups != chain.channels) {
        node.refuse(text("its weights read ", int64_t(inputs) * groups, " channels, but the map has ",
                         chain.channels, "."));
        return;
    }
    append_conv(chain, node, *windows, static_cast<int>(groups), outputs, inputs, weights->reals,
                bias ? bias->reals : std::vector<float>(weights->shape[0], 0.F));
}

}  // namespace

OnnxOperator conv() {
    return {append_convolution};
}

}  // namespace fsd::onnx_operators
