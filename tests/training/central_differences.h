// The gradient that training follows, against central differences of the loss in float64.
#pragma once

#include "runtime/model.h"
#include "toolkit/datasets/dataset.h"

namespace fsd::testing {

// Requires loss and gradient of all parameters to be right within the rounding of float32. The description
// has its classes. `loss`: a name, or empty for what suits the network's end.
void check_gradient(const Model &description, const Dataset &dataset, const std::string &loss = "");

}  // namespace fsd::testing
