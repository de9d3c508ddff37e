// A network evaluated layer by layer in float64, straight from the formulas, with a bound on what float32 may
// differ.
#pragma once

#include "runtime/model.h"

#include <utility>
#include <vector>

namespace fsd::testing {

// One sample's activation [y, x, group, state] and, for each number, how far a float32 kernel may be away
// from it.
struct ReferenceMap {
    Shape shape;
    std::vector<double> value;
    std::vector<double> error;

    explicit ReferenceMap(Shape extents)
        : shape(std::move(extents)), value(element_count(shape)), error(value.size()) {}
    std::size_t at(int y, int x, int channel) const {
        return (static_cast<std::size_t>(y) * shape[1] + x) * shape[2] * shape[3] + channel;
    }
};

// What the first layer reads of an image [y, x, color].
ReferenceMap image_map(const Model &model, const uint8_t *image);

// What the first layer reads of numbers [y, x, color]: for Bernoulli states the probabilities of state 1.
ReferenceMap input_map(const Model &model, const std::vector<double> &numbers);

// Applies the layer. The input's errors are carried along, the float32 rounding of this layer is added.
ReferenceMap apply(const Model &model, std::size_t layer, const ReferenceMap &input);

}  // namespace fsd::testing
