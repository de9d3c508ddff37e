// Drawn photos of digits: any ink on any paper, uneven light, noise.
#pragma once

#include <opencv2/core.hpp>

#include <string>

namespace fsd::testing {

struct PhotoStyle {
    cv::Scalar ink{0, 0, 0};  // blue, green, red
    cv::Scalar paper{255, 255, 255};
    cv::Size size{300, 240};
    double height = 120;          // of the digit, pixels
    cv::Point2d place{0.5, 0.5};  // of its center, share of the size
    double thickness = 0.12;      // of its strokes, share of its height
    double shadow = 0;            // share of the light that is lost from the left to the right edge
    double noise = 0;             // standard deviation, gray levels
};

// 8 bits, blue, green, red.
cv::Mat photo_of(char digit, const PhotoStyle &style);

// An MNIST-like image: bright on black, 28 x 28, the longer side 20, centered by mass.
cv::Mat scan_of(char digit);

// Mean absolute difference in gray levels.
double difference(const cv::Mat &a, const cv::Mat &b);

// The same, the smallest of all shifts by up to one pixel: centers of mass that differ by a hair can be
// rounded to neighboring pixels.
double difference_but_for_a_pixel(const cv::Mat &a, const cv::Mat &b);

}  // namespace fsd::testing
