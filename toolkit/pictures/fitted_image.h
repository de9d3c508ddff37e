// Images as pictures show them.
#pragma once

#include "runtime/tensor.h"
#include "toolkit/pictures/canvas.h"

namespace fsd {

// Centered in a square, aspect kept.
void draw_fitted(Canvas &canvas, double x, double y, double side, const cv::Mat &image);

// A copy of one of images uint8 [sample, y, x, color], as Canvas::image() takes it.
cv::Mat picture_of(const Tensor &images, std::size_t sample);

}  // namespace fsd
