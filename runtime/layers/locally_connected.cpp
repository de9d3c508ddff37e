// locally_connected: a convolution whose weights and biases differ at each site (arXiv 1809.10829).
#include "runtime/layers/affine.h"
#include "runtime/layers/window.h"
#include "runtime/models/model_limits.h"

namespace fsd::layers {
namespace {

Shape weight(const Layer &layer, const Shape &input) {
    const Positions positions = window_positions_of(layer, input);
    return {positions.y,
            positions.x,
            layer.attribute("window_y"),
            layer.attribute("window_x"),
            input[2] * input[3],
            layer.attribute("channels")};
}

Shape bias(const Layer &layer, const Shape &input) {
    const Positions positions = window_positions_of(layer, input);
    return {positions.y, positions.x, layer.attribute("channels")};
}

}  // namespace

LayerKind locally_connected() {
    LayerKind kind = affine("locally_connected", weight, bias);
    kind.attributes = window_attributes(true);
    kind.attributes.push_back({"channels"});
    kind.derive = [](const LayerPlace &place) {
        const Positions positions = window_positions_of(place);
        return Shape{positions.y, positions.x, 1, place.attribute("channels", 1, most_extent)};
    };
    return kind;
}

}  // namespace fsd::layers
