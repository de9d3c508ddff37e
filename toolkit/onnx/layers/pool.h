// What the pooling kinds share: their windows, of which the last ones may hang over the border.
#pragma once

#include "toolkit/onnx/layers/onnx_layer.h"

#include <algorithm>

namespace fsd {

// The windows along one axis.
struct OnnxPoolAxis {
    int64_t axis;  // of [sample, channel, y, x]
    int extent, window, stride, positions;

    int first(int position) const { return position * stride; }
    int count(int position) const {
        return std::min(window, extent - first(position));
    }  // positions inside the map
    int overhang() const { return std::max(0, first(positions - 1) + window - extent); }
};

OnnxPoolAxis pool_axis_y(const OnnxChain &chain, const Layer &layer);
OnnxPoolAxis pool_axis_x(const OnnxChain &chain, const Layer &layer);

// The operators that take a number of each window.
void append_average_pool(OnnxChain &chain, const OnnxPlace &place);
void append_max_pool(OnnxChain &chain, const OnnxPlace &place);

}  // namespace fsd
