// The pooling kinds in float64.
#pragma once

#include "tests/training/reference_layers.h"

namespace fsd::testing {

Maps reference_pool(const LayerSite &site, const Maps &input);

}  // namespace fsd::testing
