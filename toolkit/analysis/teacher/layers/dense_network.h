// Networks of dense layers with relu between them, in float64.
#pragma once

#include "runtime/model.h"
#include "toolkit/analysis/matrix.h"

#include <optional>
#include <vector>

namespace fsd::analysis {

// Layers h -> relu(h W + b), the last one without relu. The bias is the last row of each weight, which
// belongs to a unit that is always 1.
struct DenseNetwork {
    std::vector<Matrix> weights;  // [inputs + 1, outputs]
};

// Nothing where the network is not `linear` layers with `relu` between them; a log_softmax at the end, which
// the squared error does not see, is passed over.
std::optional<DenseNetwork> dense_network_of(const Model &model);

}  // namespace fsd::analysis
