// Images of a set brought to one size and number of colors.
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

// What decode_image() (toolkit/image_files) makes of the bytes, in the format where one is asked for. `name`
// stands in sentences. Throws Error as decode_image() does.
Image image_in_format(const std::vector<std::uint8_t> &bytes, const std::string &name,
                      const ImageFormat &format);

// The images of a set in another format; the same tensor where it has that format already.
Tensor converted(const Tensor &images, const ImageFormat &format);

}  // namespace fsd
