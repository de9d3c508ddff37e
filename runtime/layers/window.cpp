// The arithmetic of windows and pools.
#include "runtime/layers/window.h"

#include "runtime/error.h"
#include "runtime/models/model_limits.h"

namespace fsd::layers {
namespace {

int positions_along(const LayerPlace &place, const std::string &axis, int extent) {
    const int window = place.attribute("window_" + axis, 1, most_extent);
    const int stride = place.attribute("stride_" + axis, 1, most_extent);
    // A window further out would see nothing of the image.
    const int padding = place.attribute("padding_" + axis, 0, window - 1);
    const int positions = window_positions(extent, window, stride, padding);
    if (positions < 1) {
        place.refuse(text("window_", axis, " ", window, " does not fit into ", extent,
                          " positions with padding_", axis, " ", padding, "."));
    }
    return positions;
}

int pooled_along(const LayerPlace &place, const std::string &axis, int extent) {
    return pool_positions(extent, place.attribute("pool_window_" + axis, 1, most_extent),
                          place.attribute("pool_stride_" + axis, 1, most_extent));
}

}  // namespace

std::vector<AttributeRule> window_attributes(bool standards) {
    std::vector<AttributeRule> rules = {{"window_y"}, {"window_x"}};
    for (const char *name : {"stride_y", "stride_x"}) {
        rules.push_back({name, 1, most_extent});
        rules.back().standard = standards ? std::optional<int>(1) : std::nullopt;
    }
    for (const char *name : {"padding_y", "padding_x"}) {
        rules.push_back({name, 0, most_extent});
        rules.back().standard = standards ? std::optional<int>(0) : std::nullopt;
    }
    return rules;
}

Positions window_positions_of(const LayerPlace &place) {
    return {positions_along(place, "y", place.input.shape[0]),
            positions_along(place, "x", place.input.shape[1])};
}

Positions window_positions_of(const Layer &layer, const Shape &input) {
    return {window_positions(input[0], layer.attribute("window_y"), layer.attribute("stride_y"),
                             layer.attribute("padding_y")),
            window_positions(input[1], layer.attribute("window_x"), layer.attribute("stride_x"),
                             layer.attribute("padding_x"))};
}

std::vector<AttributeRule> pool_attributes() {
    return {{"pool_window_y"}, {"pool_window_x"}, {"pool_stride_y"}, {"pool_stride_x"}};
}

Shape pooled_shape(const LayerPlace &place) {
    const Shape &input = place.input.shape;
    return {pooled_along(place, "y", input[0]), pooled_along(place, "x", input[1]), input[2], input[3]};
}

}  // namespace fsd::layers
