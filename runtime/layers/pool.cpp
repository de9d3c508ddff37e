// The pooling kinds (docs/math.md, 2.4).
#include "runtime/layers/pool.h"

#include "runtime/layers/window.h"

namespace fsd::layers {

LayerKind pool(const std::string &name, const std::vector<ActivationKind> &kinds) {
    LayerKind kind;
    kind.name = name;
    for (const ActivationKind kept : kinds) {
        kind.takes_gives.emplace_back(kept, kept);
    }
    kind.attributes = pool_attributes();
    kind.derive = pooled_shape;
    kind.pools = true;
    kind.vanishing = LayerKind::Vanishing::stays;
    return kind;
}

}  // namespace fsd::layers
