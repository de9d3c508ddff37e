// Which way up a picture is.
#pragma once

#include <opencv2/core.hpp>

#include <cstddef>
#include <cstdint>

namespace fsd {

// The orientation in a block of EXIF data, with or without "Exif\0\0" in front of it; 1 (upright) where it
// says none or cannot be read.
int exif_orientation(const std::uint8_t *block, std::size_t size);

// Turned and mirrored as an EXIF orientation from 1 to 8 asks.
cv::Mat upright(const cv::Mat &stored, int orientation);

}  // namespace fsd
