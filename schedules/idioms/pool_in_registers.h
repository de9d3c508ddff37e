// Reductions over pooling windows in registers, vector after vector of the channels.
#pragma once

#include "schedules/idioms/pool_window.h"
#include "schedules/idioms/unmasked_vectors.h"

namespace fsd {

// Of the map that is pooled: channels that lie side by side, columns, rows.
struct PooledMap {
    Halide::Expr channels, width, height;
};

// Computes `reduced`, an update over `offset`, for each vector of the loop `channel` of `result`: the windows
// that networks use have code of their own, without a loop over the window. No vector is masked: a masked
// store keeps the load behind it waiting, and a sum that lies in memory would be stored and loaded for each
// site of its window (windows of 2 x 2, 24 x 24 sites, 8 states in vectors of 16: a quarter of the time of
// kld_conv_normalize_marginal_pool, Sapphire Rapids).
template<typename Operator, typename Result>
void pool_in_registers(const Operator &op, Result &result, const Halide::Var &channel, Halide::Func reduced,
                       const Halide::RDom &offset, const PooledMap &map, int vector) {
    const Halide::Var lane{"pool_lane"};
    for (const SquarePool &pool : common_pools) {
        const Halide::Expr used = uses(op, pool, map.width, map.height);
        in_unmasked_vectors(result.specialize(used), channel, lane, map.channels, vector);
        reduced.update().specialize(used).unroll(offset.x).unroll(offset.y);
    }
    in_unmasked_vectors(result, channel, lane, map.channels, vector);
    reduced.compute_at(result, lane);
}

}  // namespace fsd
