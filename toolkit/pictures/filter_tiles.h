// The filters of a model, laid out for a picture.
#pragma once

#include "runtime/model.h"
#include "toolkit/pictures/filter_mosaic.h"

#include <vector>

namespace fsd {

// One entry per layer with parameters. Filters are distributions, so what is shown is a log ratio in nats:
// log q1/q0 where the input has two states, else log q relative to the uniform distribution. A row is an
// output state (up to 64), a column an input state; with one two-state input, tiles are output states.
std::vector<FilterTiles> filter_tiles(const Model &model);

}  // namespace fsd
