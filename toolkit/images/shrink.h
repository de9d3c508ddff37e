// Large photos to a size that is quick to work with.
#pragma once

#include <opencv2/core.hpp>

namespace fsd {

// Scaled down so that the longer side has `longest_side` pixels and the shorter at least one; an image that
// is no larger is returned as it is, sharing its pixels.
cv::Mat shrunk(const cv::Mat &image, int longest_side);

}  // namespace fsd
