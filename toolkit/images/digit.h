// Brings a photo, scan or drawing of one digit to MNIST's form: bright ink on black, the digit's longer side
// filling 20 of 28 pixels, centered by mass.
#pragma once

#include <opencv2/core.hpp>

#include <string>

namespace fsd {

// `image`: 8 bits, 1 or 3 channels. Returns size x size pixels, 8 bits, 1 channel. An image that has MNIST's
// form already comes back unchanged, its negative inverted. `name` is for the sentence. Throws
// Error(bad_input) where no ink is found.
cv::Mat prepare_digit(const cv::Mat &image, int size, const std::string &name);

}  // namespace fsd
