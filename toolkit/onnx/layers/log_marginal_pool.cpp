// log_marginal_pool: ONNX has no pooling by log-sum-exp. It stays in the log domain, so that probabilities
// below the smallest float keep their logarithm. A window that covers the map is a reduction; others are
// gathered, one axis after the other, into an axis of their own that a reduction removes.
#include "toolkit/onnx/layers/pool.h"

#include <cmath>
#include <limits>

namespace fsd::onnx_layers {
namespace {

// Log-sum-exp over the windows along one axis. Behind the map is the lowest float, whose exponential beside
// any log-probability is 0; every window begins inside the map.
void reduce_windows(OnnxChain &chain, const OnnxPoolAxis &pool) {
    if (pool.window == 1 && pool.stride == 1) {
        return;
    }
    if (pool.overhang() > 0) {
        std::vector<int64_t> pads(8, 0);
        pads[static_cast<std::size_t>(4 + pool.axis)] = pool.overhang();
        chain.append("Pad", {chain.graph.integers("pads", pads),
                             chain.graph.number("outside", std::numeric_limits<float>::lowest())});
    }
    std::vector<int64_t> sites;
    for (int position = 0; position < pool.positions; position++) {
        for (int offset = 0; offset < pool.window; offset++) {
            sites.push_back(pool.first(position) + offset);
        }
    }
    chain.append("Gather", {chain.graph.integers("sites", {pool.positions, pool.window}, sites)},
                 {{"axis", pool.axis}});
    chain.append("ReduceLogSumExp", {}, {{"axes", {pool.axis + 1}}, {"keepdims", 0}});
}

// log N for every window: a map where windows hang over the border.
std::string log_counts(OnnxChain &chain, const OnnxPoolAxis &y, const OnnxPoolAxis &x) {
    if (y.overhang() == 0 && x.overhang() == 0) {
        return chain.graph.number("log_count", static_cast<float>(std::log(y.window * x.window)));
    }
    std::vector<float> map;
    for (int row = 0; row < y.positions; row++) {
        for (int column = 0; column < x.positions; column++) {
            map.push_back(static_cast<float>(std::log(y.count(row) * x.count(column))));
        }
    }
    return chain.graph.numbers("log_count", {1, 1, y.positions, x.positions}, map);
}

void append(OnnxChain &chain, const OnnxPlace &place) {
    chain.unflatten();
    const OnnxPoolAxis y = pool_axis_y(chain, place.layer()), x = pool_axis_x(chain, place.layer());
    if (y.window >= y.extent && x.window >= x.extent) {
        chain.append("ReduceLogSumExp", {}, {{"axes", {2, 3}}, {"keepdims", 0}});
        chain.append("Sub",
                     {chain.graph.number("log_count", static_cast<float>(std::log(y.extent * x.extent)))});
        chain.is_flat = true;
        return;
    }
    reduce_windows(chain, x);
    reduce_windows(chain, y);
    chain.append("Sub", {log_counts(chain, y, x)});
}

}  // namespace

OnnxLayer log_marginal_pool() {
    return {append};
}

}  // namespace fsd::onnx_layers
