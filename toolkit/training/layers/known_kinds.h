// The kinds that can be trained; the list is written by toolkit/training/layers/CMakeLists.txt.
#pragma once

#include "toolkit/training/layers/trainable_kind.h"

namespace fsd::training {

std::vector<TrainableKind> known_kinds();

}  // namespace fsd::training
