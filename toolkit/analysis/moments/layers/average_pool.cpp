// average_pool: a mean.
#include "toolkit/analysis/moments/layers/windows.h"

namespace fsd::analysis::moment_layers {

MomentLayer average_pool() {
    return {"average_pool", mean_pool};
}

}  // namespace fsd::analysis::moment_layers
