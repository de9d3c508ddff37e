// The attributes of layers that look at windows of a map, and the maps that they give.
#pragma once

#include "runtime/layers/layer_kind.h"

namespace fsd::layers {

// window_y, window_x; where `standards`, strides and paddings may be left out: 1 and 0.
std::vector<AttributeRule> window_attributes(bool standards);

// Rows and columns behind the window; refuses windows that do not fit.
struct Positions {
    int y, x;
};
Positions window_positions_of(const LayerPlace &place);
Positions window_positions_of(const Layer &layer, const Shape &input);

std::vector<AttributeRule> pool_attributes();
Shape pooled_shape(const LayerPlace &place);

}  // namespace fsd::layers
