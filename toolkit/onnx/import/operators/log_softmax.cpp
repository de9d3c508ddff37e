// LogSoftmax: log_softmax over the channels.
#include "toolkit/onnx/import/operators/softmax_axis.h"

namespace fsd::onnx_operators {
OnnxOperator log_softmax() {
    return {[](ImportChain &chain, const OnnxNode &node, std::size_t) {
        append_over_channels(chain, node, "log_softmax");
    }};
}

}  // namespace fsd::onnx_operators
