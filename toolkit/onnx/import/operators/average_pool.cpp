// AveragePool: average_pool, or a conv where zeros outside of the map count.
#include "toolkit/onnx/import/operators/pools.h"

namespace fsd::onnx_operators {
namespace {

void append_average(ImportChain &chain, const OnnxNode &node, std::size_t) {
    const bool counts_padding = node.integer("count_include_pad", 0) != 0;
    const auto windows = pool_windows(chain, node);
    if (!windows) {
        return;
    }
    const auto &[y, x] = *windows;
    const bool pads = y.begin > 0 || x.begin > 0 || y.end > y.beyond || x.end > x.beyond;
    const bool has_gaps = y.dilation > 1 || x.dilation > 1;
    if ((pads && counts_padding) || (has_gaps && !pads)) {
        // Beyond the padding itself nothing counts, and windows may not reach there.
        if (y.beyond > 0 || x.beyond > 0) {
            node.refuse(
                "its last windows reach beyond the padding (ceil_mode), where their sites do not count.");
            return;
        }
        append_depthwise(chain, node, *windows,
                         static_cast<float>(1. / static_cast<double>(y.kernel * x.kernel)), "average");
        return;
    }
    if (has_gaps || y.begin > 0 || x.begin > 0) {
        node.refuse(
            "it pads in front of the map without counting the padding, or has gaps and pads; average_pool "
            "begins at the map's border.");
        return;
    }
    append_pool(chain, node, *windows, "average_pool");
}

}  // namespace

OnnxOperator average_pool() {
    return {append_average};
}

}  // namespace fsd::onnx_operators
