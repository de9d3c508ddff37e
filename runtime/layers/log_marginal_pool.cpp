// log_marginal_pool: marginal_pool in the log domain.
#include "runtime/layers/pool.h"

namespace fsd::layers {

LayerKind log_marginal_pool() {
    return pool("log_marginal_pool", {ActivationKind::log_probability});
}

}  // namespace fsd::layers
