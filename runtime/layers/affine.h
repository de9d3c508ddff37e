// What the kinds share whose layers are affine maps: weight and bias, any kind of activation in, real numbers
// out.
#pragma once

#include "runtime/layers/layer_kind.h"

namespace fsd::layers {

// `weight` and `bias` say the tensors' shapes; their last axis is that of the channels given. Absorbs maps
// per channel.
LayerKind affine(const std::string &name, const std::function<Shape(const Layer &, const Shape &)> &weight,
                 const std::function<Shape(const Layer &, const Shape &)> &bias);

// {channels}: a bias per channel.
Shape channels_of(const Layer &layer, const Shape &input);

}  // namespace fsd::layers
