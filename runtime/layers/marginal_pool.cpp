// marginal_pool: the distribution of the states at a random site of the window.
#include "runtime/layers/pool.h"

namespace fsd::layers {

LayerKind marginal_pool() {
    LayerKind kind = pool("marginal_pool", {ActivationKind::probability});
    kind.family = "pooling";
    return kind;
}

}  // namespace fsd::layers
