// max_pool: the largest number of the window; of probabilities it approximates marginal_pool.
#include "runtime/layers/pool.h"

namespace fsd::layers {

LayerKind max_pool() {
    LayerKind kind = pool("max_pool", {ActivationKind::probability, ActivationKind::real});
    kind.family = "pooling";
    return kind;
}

}  // namespace fsd::layers
