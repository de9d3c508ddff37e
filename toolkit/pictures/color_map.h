// A diverging map from numbers to colors: blue below 0, white at 0, red above.
#pragma once

#include "toolkit/pictures/canvas.h"

namespace fsd {

// `value` is clamped to [-range, range].
Color diverging(double value, double range);

// The scale with its ends and its unit.
void draw_color_scale(Canvas &canvas, double x, double y, double width, double range,
                      const std::string &unit);

}  // namespace fsd
