// A diverging map from numbers to colors: blue below 0, white at 0, red above.
#pragma once

#include "toolkit/pictures/canvas.h"

#include <functional>

namespace fsd {

// `value` is clamped to [-range, range]; what is no number is yellow.
Color diverging(double value, double range);

// The colors of numbers [y, x] as an image: blue, green, red.
cv::Mat diverging(const cv::Size &size, const std::function<double(int y, int x)> &value, double range);

// All colors from below 0 to above, 8 pixels high.
void draw_color_ramp(Canvas &canvas, double x, double y, double width);

// The same with its ends and its unit: 26 pixels high.
void draw_color_scale(Canvas &canvas, double x, double y, double width, double range,
                      const std::string &unit);

}  // namespace fsd
