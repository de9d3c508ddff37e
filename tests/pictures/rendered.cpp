// Decodes what was encoded.
#include "tests/pictures/rendered.h"

#include "toolkit/image_files/decode_image.h"
#include "toolkit/pictures/picture_file.h"

#include <opencv2/imgproc.hpp>

namespace fsd {

cv::Mat rendered(const Canvas &canvas) {
    const std::string png = png_bytes(canvas);
    cv::Mat picture = decode_image(std::vector<std::uint8_t>(png.begin(), png.end()), "picture.png");
    if (picture.channels() == 1) {
        cv::cvtColor(picture, picture, cv::COLOR_GRAY2BGR);
    }
    return picture;
}

int count_of(const cv::Mat &picture, const Color &color) {
    const cv::Scalar middle(color.blue, color.green, color.red), margin = cv::Scalar::all(3);
    cv::Mat found;
    cv::inRange(picture, middle - margin, middle + margin, found);
    return cv::countNonZero(found);
}

bool touches_edge(const cv::Mat &picture, int pixels) {
    const cv::Rect inner(pixels, pixels, picture.cols - 2 * pixels, picture.rows - 2 * pixels);
    cv::Mat gray;
    cv::cvtColor(picture, gray, cv::COLOR_BGR2GRAY);
    cv::Mat drawn = gray < 255;
    drawn(inner).setTo(0);
    return cv::countNonZero(drawn) > 0;
}

}  // namespace fsd
