// The filters of a model, laid out for a picture.
#pragma once

#include "runtime/model.h"
#include "toolkit/pictures/filter_mosaic.h"

#include <vector>

namespace fsd {

// One entry per layer with weights over a window. Filters are distributions, so what is shown is a log ratio
// in nats: log q1/q0 where the input has two states, else log q relative to the uniform distribution; up to
// 64 output states and 64 input states of a layer. Weights of ordinary layers are shown as they are
// (toolkit/pictures/weight_tiles.h). Throws Error(unsupported) where no layer has a picture.
std::vector<FilterTiles> filter_tiles(const Model &model);

}  // namespace fsd
