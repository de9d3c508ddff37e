// Channels are outermost in ONNX's flat maps and innermost in ours.
#include "toolkit/onnx/import/operators/dense.h"

#include "runtime/models/model_limits.h"

namespace fsd {

void append_dense(ImportChain &chain, const OnnxNode &node, const OnnxConstant &weights, bool transposed,
                  double factor, const std::vector<float> &bias) {
    const int64_t inputs = weights.shape[transposed ? 1 : 0], outputs = weights.shape[transposed ? 0 : 1];
    if (chain.order != AxisOrder::flat || inputs != chain.numbers() || outputs < 1 || outputs > most_extent) {
        node.refuse(text("its weights take ", inputs, " numbers and give ", outputs,
                         ", but what it reads is a value with ", chain.rank(), " axes and ", chain.numbers(),
                         " numbers for each sample."));
        return;
    }
    const int64_t sites = int64_t(chain.height) * chain.width;
    Tensor tensor = make_tensor<float>({static_cast<int>(inputs), static_cast<int>(outputs)});
    auto *to = static_cast<float *>(tensor.data());
    for (int64_t row = 0; row < inputs; row++) {
        const int64_t site = row / chain.channels, channel = row % chain.channels;
        const int64_t from = chain.flat_from_channels_last ? row : channel * sites + site;
        for (int64_t output = 0; output < outputs; output++) {
            const int64_t place = transposed ? output * inputs + from : from * outputs + output;
            *to++ = static_cast<float>(factor * weights.reals[static_cast<std::size_t>(place)]);
        }
    }
    Layer layer{"linear", "", {{"channels", static_cast<int>(outputs)}}};
    chain.append(node, layer,
                 {{"weight", tensor}, {"bias", float_tensor({static_cast<int>(outputs)}, bias)}});
    chain.order = AxisOrder::flat;
    chain.flat_from_channels_last = false;
}

}  // namespace fsd
