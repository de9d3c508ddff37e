// The bytes of an image file to pixels: the one decoder of all verbs.
#pragma once

#include <opencv2/core.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace fsd {

// PNG, JPEG, TIFF, WebP, BMP, PBM, PGM and PPM, told apart by their first bytes. The result is upright,
// opaque and has 8 bits: gray (1 channel) where the file's color model is gray, else OpenCV's blue, green,
// red. docs/preprocessing.md has the rules. `name` stands in sentences. Throws Error(bad_input) where the
// bytes are none of these, cut, damaged or beyond the limits (image_limits.h), Error(unsupported) where there
// is too little memory.
cv::Mat decode_image(const std::vector<std::uint8_t> &bytes, const std::string &name);

// The alpha channel of the same file, upright, 1 channel of 8 bits, 0 where it is transparent; an empty
// matrix where it has none. Throws Error alike.
cv::Mat decode_alpha(const std::vector<std::uint8_t> &bytes, const std::string &name);

}  // namespace fsd
