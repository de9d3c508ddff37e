// The steps of docs/preprocessing.md.
#include "toolkit/images/digit.h"

#include "runtime/error.h"
#include "toolkit/images/ink.h"
#include "toolkit/images/shrink.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace fsd {
namespace {

constexpr int longest_side = 512;  // photos are shrunk to this before anything else

// MNIST: a box of 20 pixels in 28.
int box_of(int size) {
    return std::max(1, (size * 20 + 14) / 28);
}

cv::Mat gray_of(const cv::Mat &image) {
    cv::Mat gray = image;
    if (image.channels() == 3) {
        cv::cvtColor(image, gray, cv::COLOR_BGR2GRAY);
    }
    return gray;
}

bool is_gray(const cv::Mat &image) {
    if (image.channels() == 1) {
        return true;
    }
    std::vector<cv::Mat> planes;
    cv::split(image, planes);
    return cv::norm(planes[0], planes[1], cv::NORM_INF) == 0 &&
           cv::norm(planes[1], planes[2], cv::NORM_INF) == 0;
}

cv::Point2d center_of_mass(const cv::Mat &amount) {
    const cv::Moments moments = cv::moments(amount);
    return {moments.m10 / moments.m00, moments.m01 / moments.m00};
}

// The longer side fills the box and the center of mass lies on the image's, both to the rounding of a pixel.
bool has_digit_geometry(const cv::Mat &amount, int size) {
    if (amount.rows != size || amount.cols != size || cv::countNonZero(amount) == 0) {
        return false;
    }
    const cv::Rect bounds = cv::boundingRect(amount > 0);
    const cv::Point2d center = center_of_mass(amount);
    const int middle = size / 2;
    const double offset = std::max(std::fabs(center.x - middle), std::fabs(center.y - middle));
    return std::abs(std::max(bounds.width, bounds.height) - box_of(size)) <= 1 && offset <= 0.75;
}

// Most of the image is exactly the background `level`.
bool has_background(const cv::Mat &gray, int level) {
    return cv::countNonZero(gray == level) * 2 > gray.rows * gray.cols;
}

// The mean width of the strokes, in pixels: area over half the outline.
double stroke_width(const cv::Mat &strokes) {
    std::vector<std::vector<cv::Point>> outlines;
    cv::findContours(strokes, outlines, cv::RETR_CCOMP, cv::CHAIN_APPROX_NONE);
    double length = 0;
    for (const auto &outline : outlines) {
        length += cv::arcLength(outline, true);
    }
    return 2 * cv::countNonZero(strokes) / std::max(length, 1.0);
}

// A thin pen would fade when it is scaled down: strokes get at least 2 pixels of the result.
void thicken(Ink &ink, double scale) {
    const double missing = 2 / scale - stroke_width(ink.strokes);
    const auto radius = static_cast<int>(std::lround(missing / 2));
    if (scale < 1 && radius >= 1) {
        const cv::Mat pen = cv::getStructuringElement(cv::MORPH_ELLIPSE, {2 * radius + 1, 2 * radius + 1});
        cv::dilate(ink.strokes, ink.strokes, pen);
        cv::dilate(ink.amount, ink.amount, pen);
    }
}

// Only the strokes and their soft edges; specks and the paper's noise are gone.
cv::Mat cleaned(const Ink &ink) {
    cv::Mat edges, result = cv::Mat::zeros(ink.amount.size(), CV_8U);
    cv::dilate(ink.strokes, edges, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
    ink.amount.copyTo(result, edges);
    return result;
}

// Scaled so that the full ink is full again after the smoothing of the resize.
void stretch(cv::Mat &amount) {
    double most = 0;
    cv::minMaxLoc(amount, nullptr, &most);
    if (most > 0) {
        amount.convertTo(amount, CV_8U, 255 / most);
    }
}

cv::Mat scaled_to_box(const cv::Mat &amount, const cv::Rect &bounds, double scale) {
    const cv::Size target(std::max(1, static_cast<int>(std::lround(bounds.width * scale))),
                          std::max(1, static_cast<int>(std::lround(bounds.height * scale))));
    cv::Mat result;
    cv::resize(amount(bounds), result, target, 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
    stretch(result);
    return result;
}

cv::Mat centered(const cv::Mat &digit, int size) {
    const cv::Point2d center = center_of_mass(digit);
    const int middle = size / 2;
    const int left = std::clamp(static_cast<int>(std::lround(middle - center.x)), 0, size - digit.cols);
    const int top = std::clamp(static_cast<int>(std::lround(middle - center.y)), 0, size - digit.rows);
    cv::Mat result = cv::Mat::zeros(size, size, CV_8U);
    digit.copyTo(result(cv::Rect(left, top, digit.cols, digit.rows)));
    return result;
}

}  // namespace

cv::Mat prepare_digit(const cv::Mat &image, int size, const std::string &name) {
    if (is_gray(image)) {
        const cv::Mat gray = gray_of(image);
        cv::Mat negative = 255 - gray;
        if (has_background(gray, 0) && has_digit_geometry(gray, size)) {
            return gray.clone();
        }
        if (has_background(gray, 255) && has_digit_geometry(negative, size)) {
            return negative;
        }
    }
    Ink ink = find_ink(shrunk(image, longest_side));
    if (ink.strokes.empty()) {
        throw Error(ExitCode::bad_input,
                    text("The image '", name, "' looks blank: no ink stands out from the background."));
    }
    if (has_digit_geometry(cleaned(ink), size)) {
        return cleaned(ink);
    }
    cv::Rect bounds = cv::boundingRect(ink.strokes);
    thicken(ink, box_of(size) / static_cast<double>(std::max(bounds.width, bounds.height)));
    bounds = cv::boundingRect(ink.strokes);
    const double scale = box_of(size) / static_cast<double>(std::max(bounds.width, bounds.height));
    return centered(scaled_to_box(cleaned(ink), bounds, scale), size);
}

}  // namespace fsd
