// Means over areas.
#include "toolkit/images/shrink.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace fsd {

cv::Mat shrunk(const cv::Mat &image, int longest_side) {
    const double factor = static_cast<double>(longest_side) / std::max(image.rows, image.cols);
    if (factor >= 1) {
        return image;
    }
    // A side may be so short that nothing would be left of it.
    const auto scaled = [factor](int side) {
        return std::max(1, static_cast<int>(std::lround(side * factor)));
    };
    cv::Mat result;
    cv::resize(image, result, {scaled(image.cols), scaled(image.rows)}, 0, 0, cv::INTER_AREA);
    return result;
}

}  // namespace fsd
