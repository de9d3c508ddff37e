// Image files to pixels.
#pragma once

#include <opencv2/core.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace fsd {

// What decode_image() makes of the file. Throws Error as it does, and Error(bad_input) where the file cannot
// be read or is no regular file: pipes and devices may never end.
cv::Mat read_image(const std::string &path);

// What decode_alpha() makes of it.
cv::Mat read_alpha(const std::string &path);

// The file's bytes, at most largest_image_file(). Throws Error(bad_input).
std::vector<std::uint8_t> read_image_bytes(const std::string &path);

}  // namespace fsd
