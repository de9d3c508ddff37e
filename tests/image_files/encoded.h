// Small image files, made byte by byte where no encoder writes what a test needs.
#pragma once

#include "tests/temporary_folder.h"

#include <opencv2/core.hpp>

#include <string>

namespace fsd::testing {

// By OpenCV; `ending` like ".png".
Bytes encoded(const std::string &ending, const cv::Mat &image);

// An EXIF block that holds nothing but an orientation; little-endian ("II") or big-endian ("MM").
Bytes exif(int orientation, const std::string &order = "II");

Bytes deflated(const Bytes &bytes);
Bytes png_chunk(const std::string &type, const Bytes &content);
// With the chunks behind the header.
Bytes png_with(const Bytes &png, const Bytes &chunks);
Bytes png_header(unsigned width, unsigned height, int bits, int color_type);

// With an EXIF segment behind the start marker.
Bytes jpeg_with(const Bytes &jpeg, const Bytes &exif);

// The pixels of a simple WebP file in an extended one with an EXIF chunk.
Bytes webp_with(const Bytes &webp, const cv::Size &size, bool alpha, const Bytes &exif);

struct TiffTags {
    int photometric = 1;  // 0 white is zero, 1 black is zero, 2 RGB, 5 CMYK
    int orientation = 1;
    int alpha = 0;  // 0 none, 1 premultiplied, 2 not
    int bits = 8;
};
// Uncompressed, pixels last: samples in the order of `image`, 8 or 16 bits.
Bytes tiff(const cv::Mat &image, const TiffTags &tags);

struct BmpForm {
    int width = 1, height = 1, bits = 24;
    int compression = 0;
};
// `tables`: masks or a palette of 4 bytes for each color.
Bytes bmp(const BmpForm &form, const Bytes &tables, const Bytes &pixels);

Bytes bytes_of(const std::string &text);

}  // namespace fsd::testing
