// All optimizers; the list is written by toolkit/training/optimizers/CMakeLists.txt.
#pragma once

#include "toolkit/training/optimizers/optimizer_kind.h"

namespace fsd::training {

std::vector<OptimizerKind> known_optimizers();

}  // namespace fsd::training
