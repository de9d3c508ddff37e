// The weights of ordinary layers, laid out for a picture.
#pragma once

#include "runtime/model.h"
#include "toolkit/pictures/filter_mosaic.h"

#include <optional>

namespace fsd {

// The weights of an affine layer with one window for all sites, as they are, of up to 64 outputs and 64 input
// channels. `input` is the shape of what the layer reads.
// None for other layers, and where a window is one site, which has no picture.
std::optional<FilterTiles> weight_tiles(const Model &model, std::size_t index, const Shape &input);

// "64", or "the first 64 of 100".
std::string some_of(int shown, int all);

}  // namespace fsd
