// MaxPool: max_pool.
#include "toolkit/onnx/import/operators/pools.h"

namespace fsd::onnx_operators {
namespace {

void append_maximum(ImportChain &chain, const OnnxNode &node, std::size_t) {
    node.ignore("storage_order");  // of the indices, which nobody may read
    auto windows = pool_windows(chain, node);
    if (!windows) {
        return;
    }
    if ((*windows)[0].dilation > 1 || (*windows)[1].dilation > 1) {
        node.refuse("its windows have gaps (dilations); max_pool takes sites next to each other.");
        return;
    }
    if (needs_padding(*windows) && !pad_non_negative(chain, node, *windows)) {
        node.refuse("it pads around the map; max_pool does not, and zeros in place of the padding are right "
                    "only behind relu, sigmoid or softmax.");
        return;
    }
    append_pool(chain, node, *windows, "max_pool");
}

}  // namespace

OnnxOperator max_pool() {
    return {append_maximum};
}

}  // namespace fsd::onnx_operators
