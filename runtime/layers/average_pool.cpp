// average_pool: the mean of the window's sites that are inside of the map. Of probabilities that is
// marginal_pool, whose kernel computes it.
#include "runtime/layers/pool.h"

namespace fsd::layers {

LayerKind average_pool() {
    LayerKind kind = pool("average_pool", {ActivationKind::probability, ActivationKind::real});
    kind.op = [](const Layer &) { return "marginal_pool"; };
    kind.format_version = 2;
    return kind;
}

}  // namespace fsd::layers
