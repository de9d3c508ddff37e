// The list of rooms, which the build writes from toolkit/analysis/moments/layers/CMakeLists.txt.
#pragma once

#include "toolkit/analysis/moments/layers/moment_layer.h"

namespace fsd::analysis {

std::vector<MomentLayer> known_moment_layers();

}  // namespace fsd::analysis
