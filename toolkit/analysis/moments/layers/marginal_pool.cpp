// marginal_pool: a mean.
#include "toolkit/analysis/moments/layers/windows.h"

namespace fsd::analysis::moment_layers {

MomentLayer marginal_pool() {
    return {"marginal_pool", mean_pool};
}

}  // namespace fsd::analysis::moment_layers
