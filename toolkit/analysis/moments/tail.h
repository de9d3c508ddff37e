// The end of a network as a network of its own, for numbers that are put in between.
#pragma once

#include "runtime/model.h"

#include <optional>

namespace fsd::analysis {

// The layers from `first` on, which read float32 [sample, y, x, channel]. Nothing where what stands there are
// distributions, which a network does not read as plain numbers. Throws Error(bad_input) where no such layer
// exists.
std::optional<Model> tail_of(const Model &model, std::size_t first);

}  // namespace fsd::analysis
