// Draws with OpenCV's font at four times the size, then averages.
#include "tests/images/photos.h"

#include "toolkit/images/digit.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace fsd::testing {

cv::Mat photo_of(char digit, const PhotoStyle &style) {
    const int oversampling = 4;
    cv::Mat mask(style.size * oversampling, CV_8U, cv::Scalar(0));
    const double scale = style.height * oversampling / 21;  // the font's digits are 21 pixels high at scale 1
    const int thickness = std::max(1, static_cast<int>(style.thickness * style.height * oversampling));
    int below = 0;
    const cv::Size extent =
        cv::getTextSize(std::string(1, digit), cv::FONT_HERSHEY_SIMPLEX, scale, thickness, &below);
    const cv::Point foot(static_cast<int>(style.place.x * mask.cols - extent.width / 2.0),
                         static_cast<int>(style.place.y * mask.rows + extent.height / 2.0));
    cv::putText(mask, std::string(1, digit), foot, cv::FONT_HERSHEY_SIMPLEX, scale, 255, thickness,
                cv::LINE_AA);
    cv::resize(mask, mask, style.size, 0, 0, cv::INTER_AREA);
    cv::RNG random(7);
    cv::Mat photo(style.size, CV_8UC3);
    for (int y = 0; y < photo.rows; y++) {
        for (int x = 0; x < photo.cols; x++) {
            const double share = mask.at<uchar>(y, x) / 255.0, light = 1 - style.shadow * x / photo.cols;
            for (int c = 0; c < 3; c++) {
                const double color = style.paper[c] + share * (style.ink[c] - style.paper[c]);
                photo.at<cv::Vec3b>(y, x)[c] =
                    cv::saturate_cast<uchar>(light * color + random.gaussian(style.noise));
            }
        }
    }
    return photo;
}

cv::Mat scan_of(char digit) {
    PhotoStyle style;
    style.ink = {255, 255, 255};
    style.paper = {0, 0, 0};
    return prepare_digit(photo_of(digit, style), 28, "scan");
}

double difference(const cv::Mat &a, const cv::Mat &b) {
    return cv::norm(a, b, cv::NORM_L1) / static_cast<double>(a.total());
}

double difference_but_for_a_pixel(const cv::Mat &a, const cv::Mat &b) {
    double smallest = difference(a, b);
    for (int y = -1; y <= 1; y++) {
        for (int x = -1; x <= 1; x++) {
            cv::Mat shifted;
            const cv::Mat move = (cv::Mat_<double>(2, 3) << 1, 0, x, 0, 1, y);
            cv::warpAffine(a, shifted, move, a.size(), cv::INTER_NEAREST);
            smallest = std::min(smallest, difference(shifted, b));
        }
    }
    return smallest;
}

}  // namespace fsd::testing
