// Composes row by row, so that no copy in floats is needed.
#include "toolkit/image_files/transparency.h"

#include <algorithm>
#include <cstdint>

namespace fsd {
namespace {

std::uint8_t on_white(int color, int alpha, bool premultiplied) {
    constexpr int white = 255;
    return static_cast<std::uint8_t>(premultiplied
                                         ? std::min(white, color + white - alpha)
                                         : (color * alpha + white * (white - alpha) + white / 2) / white);
}

}  // namespace

cv::Mat opaque(const cv::Mat &image, bool premultiplied) {
    const int channels = image.channels(), colors = channels - 1;
    if (channels != 2 && channels != 4) {
        return image;
    }
    cv::Mat result(image.size(), CV_8UC(colors));
    for (int y = 0; y < image.rows; y++) {
        const std::uint8_t *from = image.ptr(y);
        std::uint8_t *to = result.ptr(y);
        for (int x = 0; x < image.cols; x++, from += channels, to += colors) {
            std::transform(from, from + colors, to,
                           [=](int color) { return on_white(color, from[colors], premultiplied); });
        }
    }
    return result;
}

}  // namespace fsd
