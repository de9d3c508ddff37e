// All losses; the list is written by toolkit/training/losses/CMakeLists.txt.
#pragma once

#include "toolkit/training/losses/loss_kind.h"

namespace fsd::training {

std::vector<LossKind> known_losses();

}  // namespace fsd::training
