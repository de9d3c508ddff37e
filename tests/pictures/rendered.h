// What a viewer of a picture's file sees.
#pragma once

#include "toolkit/pictures/canvas.h"

namespace fsd {

// The pixels of its PNG: 8 bits, blue, green, red.
cv::Mat rendered(const Canvas &canvas);

// Pixels whose color is within 3 levels of `color`.
int count_of(const cv::Mat &picture, const Color &color);

// Whether something is drawn within so many pixels of an edge.
bool touches_edge(const cv::Mat &picture, int pixels);

}  // namespace fsd
