// One sample's activation, and where the windows of a KLD layer lie in it.
#pragma once

#include "runtime/model.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace fsd {

// Numbers [y, x, group, state] in float64.
struct NumberMap {
    Shape shape;
    std::vector<double> numbers;

    NumberMap() = default;
    explicit NumberMap(Shape extents) : shape(std::move(extents)), numbers(element_count(shape)) {}
    int states() const { return shape[3]; }
    int channels() const { return shape[2] * shape[3]; }
};

struct LayerWindow {
    int height = 0, width = 0, stride_y = 1, stride_x = 1, padding_y = 0, padding_x = 0;
    bool is_padded() const { return padding_y > 0 || padding_x > 0; }
    int positions() const { return height * width; }
};

// The window of the KLD layer `index`, for input of the shape [y, x, group, state].
LayerWindow window_of(const Layer &layer, const Shape &input);

// Calls visit(site, position): which position of a window lies on which site (y * width + x) of the input,
// for the window of the output at (y, x). Positions outside the image are left out.
template<typename Visit>
void visit_window(const LayerWindow &window, const Shape &input, int y, int x, const Visit &visit) {
    for (int v = 0; v < window.height; v++) {
        const int row = y * window.stride_y + v - window.padding_y;
        for (int u = 0; u < window.width && row >= 0 && row < input[0]; u++) {
            const int column = x * window.stride_x + u - window.padding_x;
            if (column >= 0 && column < input[1]) {
                visit(static_cast<std::size_t>(row) * input[1] + column,
                      static_cast<std::size_t>(v) * window.width + u);
            }
        }
    }
}

// The Bernoulli variables (1 - v/255, v/255) of an image [y, x, color].
NumberMap image_map(const Input &input, const uint8_t *image);

// Applies a layer without parameters: normalization or pooling. `shape` is that of its output.
NumberMap apply_plain(const Layer &layer, const NumberMap &input, const Shape &shape);

// log h of each group, nats.
NumberMap log_normalized(const NumberMap &log_evidence);

// The first of the most probable classes.
int decision(const NumberMap &log_posterior);

}  // namespace fsd
