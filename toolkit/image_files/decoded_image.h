// What the reader of a format hands over: pixels as they are stored, and how they are meant.
#pragma once

#include <opencv2/core.hpp>

namespace fsd {

struct DecodedImage {
    // 8 bits; gray, gray and alpha, OpenCV's blue, green, red, or these and alpha.
    cv::Mat pixels;
    // As in EXIF: 1 upright, 3 upside down, 6 to be turned clockwise, 8 against it, the others mirrored.
    int orientation = 1;
    bool premultiplied = false;  // the colors are multiplied by alpha already
};

}  // namespace fsd
