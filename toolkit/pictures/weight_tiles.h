// The weights of ordinary layers, laid out for a picture.
#pragma once

#include "runtime/model.h"
#include "toolkit/pictures/filter_mosaic.h"

#include <optional>

namespace fsd {

// The weights of an affine layer with one window for all sites, as they are: a row is an output (up to 64), a
// column an input channel; with one channel, tiles are outputs. `input` is the shape of what the layer reads.
// None for other layers, and where a window is one site, which has no picture.
std::optional<FilterTiles> weight_tiles(const Model &model, std::size_t index, const Shape &input);

}  // namespace fsd
