// The list of kinds, which the build writes from runtime/layers/CMakeLists.txt.
#pragma once

#include "runtime/layers/layer_kind.h"

namespace fsd {

std::vector<LayerKind> known_kinds();

}  // namespace fsd
