// linear: bias + the products of weights with all numbers of the map, counted row by row, channels innermost.
#include "runtime/layers/affine.h"
#include "runtime/models/model_limits.h"

namespace fsd::layers {
namespace {

Shape weight(const Layer &layer, const Shape &input) {
    return {input[0] * input[1] * input[2] * input[3], layer.attribute("channels")};
}

}  // namespace

LayerKind linear() {
    LayerKind kind = affine("linear", weight, channels_of);
    kind.attributes = {{"channels"}};
    kind.derive = [](const LayerPlace &place) {
        return Shape{1, 1, 1, place.attribute("channels", 1, most_extent)};
    };
    return kind;
}

}  // namespace fsd::layers
