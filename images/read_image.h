// Image files to pixels.
#pragma once

#include <opencv2/core.hpp>

#include <string>

namespace fsd {

// True where the name ends like that of an image (.png, .jpg, .bmp, ...), in any case.
bool has_image_extension(const std::string &path);

// 8 bits per channel; gray (1 channel) or color (3 channels, OpenCV's order: blue, green, red). The camera's
// orientation is applied, transparent pixels become white. Throws Error(bad_input) that names the file.
cv::Mat read_image(const std::string &path);

}  // namespace fsd
