// The paper under the ink.
#pragma once

#include <opencv2/core.hpp>

namespace fsd {

// Estimates the background of a CV_32F image (1 or 3 channels): per channel a quadratic surface, fitted first
// to the image's rim and then to every pixel that is not far from the surface. Uneven light is followed; ink
// is not.
cv::Mat estimate_background(const cv::Mat &image);

}  // namespace fsd
