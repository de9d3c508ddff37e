// One reader for each format of image files.
#pragma once

#include "toolkit/image_files/decoded_image.h"

#include <cstdint>
#include <vector>

namespace fsd {

using Bytes = std::vector<std::uint8_t>;

// By the first bytes alone.
bool is_bmp(const Bytes &bytes);
bool is_jpeg(const Bytes &bytes);
bool is_png(const Bytes &bytes);
bool is_pnm(const Bytes &bytes);
bool is_tiff(const Bytes &bytes);
bool is_webp(const Bytes &bytes);

// The first image of a file that was recognized, whole or not at all. They check the extents in the header
// before they take memory, write nothing to the standard error, and throw DecodingFailure
// (decoding_failure.h), std::bad_alloc or cv::Exception.
DecodedImage read_bmp(const Bytes &bytes);
DecodedImage read_jpeg(const Bytes &bytes);
DecodedImage read_png(const Bytes &bytes);
DecodedImage read_pnm(const Bytes &bytes);
DecodedImage read_tiff(const Bytes &bytes);
DecodedImage read_webp(const Bytes &bytes);

// Colors of a printer, one byte each, inverted as Adobe stores them (0 is full ink), to blue, green, red.
cv::Mat from_inverted_cmyk(const cv::Mat &inks);

}  // namespace fsd
