// The difference from the background, seen along the direction in which the ink differs from the paper.
#include "toolkit/images/ink.h"

#include "toolkit/images/background.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace fsd {
namespace {

// The length of the difference of two colors, on the scale of one channel.
cv::Mat lengths(const cv::Mat &difference) {
    std::vector<cv::Mat> planes;
    cv::split(difference, planes);
    cv::Mat sum = cv::Mat::zeros(difference.size(), CV_32F);
    for (const cv::Mat &plane : planes) {
        sum += plane.mul(plane);
    }
    cv::Mat result;
    cv::sqrt(sum / static_cast<double>(planes.size()), result);
    return result;
}

// The mean of the largest thousandth of the values (at least 4 pixels): the ink, not a single hot pixel.
double peak_of(const cv::Mat &values) {
    std::vector<float> sorted(values.begin<float>(), values.end<float>());
    const std::size_t count = std::min(sorted.size(), std::max<std::size_t>(4, sorted.size() / 1000));
    std::partial_sort(sorted.begin(), sorted.begin() + count, sorted.end(), std::greater<>());
    double sum = 0;
    for (std::size_t i = 0; i < count; i++) {
        sum += sorted[i];
    }
    return sum / static_cast<double>(count);
}

// The paper's noise: the median difference, as a standard deviation.
double noise_of(const cv::Mat &values) {
    std::vector<float> sorted(values.begin<float>(), values.end<float>());
    std::nth_element(sorted.begin(), sorted.begin() + sorted.size() / 2, sorted.end());
    return 1.4826 * sorted[sorted.size() / 2];
}

// The difference along the ink's mean direction; what lies on the other side of the paper (glare) is 0.
cv::Mat along_ink(const cv::Mat &difference, const cv::Mat &ink) {
    cv::Scalar direction = cv::mean(difference, ink);
    double length = 0;
    for (int channel = 0; channel < difference.channels(); channel++) {
        length += direction[channel] * direction[channel];
    }
    length = std::sqrt(length * difference.channels());
    std::vector<cv::Mat> planes;
    cv::split(difference, planes);
    cv::Mat result = cv::Mat::zeros(difference.size(), CV_32F);
    for (std::size_t channel = 0; channel < planes.size(); channel++) {
        result += planes[channel] * (direction[static_cast<int>(channel)] / std::max(length, 1e-6));
    }
    return cv::max(result, 0.0);
}

// Drops connected parts smaller than 4 % of the largest one.
cv::Mat without_specks(const cv::Mat &mask) {
    cv::Mat labels, statistics, centers;
    const int count = cv::connectedComponentsWithStats(mask, labels, statistics, centers, 8, CV_32S);
    int largest = 0;
    for (int label = 1; label < count; label++) {
        largest = std::max(largest, statistics.at<int>(label, cv::CC_STAT_AREA));
    }
    cv::Mat result = cv::Mat::zeros(mask.size(), CV_8U);
    for (int label = 1; label < count; label++) {
        if (statistics.at<int>(label, cv::CC_STAT_AREA) >= 0.04 * largest) {
            result.setTo(255, labels == label);
        }
    }
    return result;
}

}  // namespace

Ink find_ink(const cv::Mat &image) {
    cv::Mat colors;
    image.convertTo(colors, CV_MAKETYPE(CV_32F, image.channels()));
    const cv::Mat difference = colors - estimate_background(colors);
    cv::Mat amount = lengths(difference);
    const double noise = noise_of(amount), faintest = 20;  // gray levels: pencil on gray paper
    amount = along_ink(difference, amount > 0.5 * peak_of(amount));
    const double peak = peak_of(amount);
    if (peak < std::max(faintest, 6 * noise)) {
        return {};
    }
    Ink ink;
    const double paper = std::max(0.1 * peak, 2.5 * noise), full = 0.85 * peak;
    amount.convertTo(ink.amount, CV_8U, 255 / (full - paper), -255 * paper / (full - paper));
    ink.strokes = without_specks(amount > std::max(0.4 * peak, 4 * noise));
    return ink;
}

}  // namespace fsd
