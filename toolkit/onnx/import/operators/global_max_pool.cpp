// GlobalMaxPool: max_pool with a window as large as the map.
#include "toolkit/onnx/import/operators/pools.h"

namespace fsd::onnx_operators {
OnnxOperator global_max_pool() {
    return {[](ImportChain &chain, const OnnxNode &node, std::size_t) {
        append_global_pool(chain, node, "max_pool");
    }};
}

}  // namespace fsd::onnx_operators
