// Image files to pixels.
#pragma once

#include <opencv2/core.hpp>

#include <string>

namespace fsd {

// For photos as people have them; data sets are read by toolkit/datasets/decode.h, which makes a whole set
// alike. 8 bits per channel; gray (1 channel) or color (3 channels, OpenCV's order: blue, green, red). The
// camera's orientation is applied, transparent pixels become white. Throws Error(bad_input) that names the
// file.
cv::Mat read_image(const std::string &path);

}  // namespace fsd
