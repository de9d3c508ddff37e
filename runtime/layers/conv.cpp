// conv: bias + the products of weights with a window of the map, outside of which everything is 0. With
// `groups` each group of channels sees its own group of the inputs: depthwise where a group is one input.
#include "runtime/error.h"
#include "runtime/layers/affine.h"
#include "runtime/layers/window.h"
#include "runtime/models/model_limits.h"

namespace fsd::layers {
namespace {

Shape weight(const Layer &layer, const Shape &input) {
    return {layer.attribute("window_y"), layer.attribute("window_x"),
            input[2] * input[3] / layer.attribute("groups"), layer.attribute("channels")};
}

Shape derive(const LayerPlace &place) {
    const Positions positions = window_positions_of(place);
    const int channels = place.attribute("channels", 1, most_extent);
    const int groups = place.attribute("groups", 1, most_extent), inputs = place.input.channels();
    if (channels % groups != 0 || inputs % groups != 0) {
        place.refuse(text("groups ", groups, " must divide both the ", inputs,
                          " channels that it reads and the ", channels, " that it gives."));
    }
    return {positions.y, positions.x, 1, channels};
}

}  // namespace

LayerKind conv() {
    LayerKind kind = affine("conv", weight, channels_of);
    kind.attributes = window_attributes(true);
    kind.attributes.push_back({"channels"});
    kind.attributes.push_back({"groups", 1, most_extent, 1});
    kind.derive = derive;
    kind.op = [](const Layer &layer) { return layer.attribute("groups") == 1 ? "conv" : "grouped_conv"; };
    return kind;
}

}  // namespace fsd::layers
