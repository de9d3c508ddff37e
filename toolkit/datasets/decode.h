// Images in memory files (JPEG, PNG, ...) to pixels, by OpenCV.
#pragma once

#include "toolkit/datasets/dataset.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fsd {

struct Image {
    int height = 0;
    int width = 0;
    int colors = 0;                    // 1, or 3: red, green, blue
    std::vector<std::uint8_t> pixels;  // [y, x, color]
};

// True where the name ends like an image's: jpg, jpeg, png, bmp, pgm, ppm, tif, tiff, webp; any case.
bool has_image_name(const std::string &path);

// Brings the image to the format where one is asked for. `name` is for the sentence.
// Throws Error(bad_input) where the bytes are not an image.
Image decode_image(const std::vector<std::uint8_t> &bytes, const std::string &name,
                   const ImageFormat &format);

// The images of a set in another format; the same tensor where it has that format already.
Tensor converted(const Tensor &images, const ImageFormat &format);

}  // namespace fsd
