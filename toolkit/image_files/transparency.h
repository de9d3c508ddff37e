// Transparent pixels on white paper.
#pragma once

#include <opencv2/core.hpp>

namespace fsd {

// Gray or color of 8 bits without its last channel, alpha, where there is one (2 or 4 channels): the mean of
// color and white, weighted by alpha, rounded. `premultiplied`: the color is multiplied by alpha already.
cv::Mat opaque(const cv::Mat &image, bool premultiplied);

}  // namespace fsd
