// What the signatures of the pooling operators share.
#include "runtime/signatures/pool.h"

namespace fsd {

void derive_pool(Extents &extents, const std::string &map) {
    for (const std::string axis : {"y", "x"}) {
        const auto extent = extents.find(map + axis);
        const auto window = extents.find("pool_window_" + axis);
        const auto stride = extents.find("pool_stride_" + axis);
        if (extent != extents.end() && window != extents.end() && stride != extents.end()) {
            extents.emplace("pool_" + axis, pool_positions(extent->second, window->second, stride->second));
        }
    }
}

std::vector<ArgumentSignature> with_pool_window(std::vector<ArgumentSignature> inputs,
                                                const std::vector<ArgumentSignature> &outputs) {
    std::vector<ArgumentSignature> &all = inputs;
    all.push_back(
        {"pool_window_y", {}, "height of the pooling window, >= 1; only its sites inside the map count"});
    all.push_back({"pool_window_x", {}, "width of the pooling window, >= 1"});
    all.push_back({"pool_stride_y", {}, "rows between neighboring pooling windows, >= 1"});
    all.push_back({"pool_stride_x", {}, "columns between neighboring pooling windows, >= 1"});
    all.insert(all.end(), outputs.begin(), outputs.end());
    return inputs;
}

}  // namespace fsd
