// The list of kinds of stages, which the build writes from compiler/layers/CMakeLists.txt.
#pragma once

#include "compiler/stage_kind.h"

#include <vector>

namespace fsd::compiler {

std::vector<StageKind> known_stages();

}  // namespace fsd::compiler
