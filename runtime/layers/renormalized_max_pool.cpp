// renormalized_max_pool: max_pool, then divided by the sum over the states of each group.
#include "runtime/layers/pool.h"

namespace fsd::layers {

LayerKind renormalized_max_pool() {
    LayerKind kind = pool("renormalized_max_pool", {ActivationKind::probability});
    kind.family = "pooling";
    kind.refuses_vanishing = "divides by the sum over the states, which is 0 where relu or sigmoid leaves "
                             "nothing; use max_pool after them.";
    return kind;
}

}  // namespace fsd::layers
