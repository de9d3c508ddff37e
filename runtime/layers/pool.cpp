// The pooling kinds (docs/math.md, 2.4).
#include "runtime/layers/pool.h"

#include "runtime/layers/window.h"

#include <cstdint>

namespace fsd::layers {
namespace {

// Pools of more sites are summed in float64 by kernels of their own (generators/many_sites.h): fused ones
// are written for small windows.
constexpr int most_sites_fused = 16;

bool has_many_sites(const Layer &layer, const Shape &) {
    return std::int64_t(layer.attribute("pool_window_y")) * layer.attribute("pool_window_x") >
           most_sites_fused;
}

}  // namespace

LayerKind pool(const std::string &name, const std::vector<ActivationKind> &kinds) {
    LayerKind kind;
    kind.name = name;
    for (const ActivationKind kept : kinds) {
        kind.takes_gives.emplace_back(kept, kept);
    }
    kind.attributes = pool_attributes();
    kind.derive = pooled_shape;
    kind.pools = true;
    kind.stands_alone = has_many_sites;
    kind.vanishing = LayerKind::Vanishing::stays;
    return kind;
}

}  // namespace fsd::layers
