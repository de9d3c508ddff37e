// A new kind of pool that keeps distributions is one more word here.
#include "toolkit/pruning/layers/passing_kinds.h"

#include <set>

namespace fsd {

bool passes_distributions(const Layer &layer) {
    static const std::set<std::string> kinds = {"average_pool", "log_marginal_pool", "marginal_pool",
                                                "renormalized_max_pool"};
    return kinds.count(layer.op) > 0;
}

}  // namespace fsd
