// Sheets of equal cells with one image each, e.g. OpenCV's digits.png.
#pragma once

#include <opencv2/core.hpp>

#include <vector>

namespace fsd {

// OpenCV's digits.png: 2000 x 1000 pixels, 100 x 50 cells of 20 x 20, five rows for each digit. Recognized by
// its size and by dark seams between its cells.
constexpr int digits_cell = 20;
constexpr int digits_rows_per_class = 5;
bool is_digits_sheet(const cv::Mat &image);

// The cells, row by row. Throws Error(bad_input) where the image is no whole number of cells.
std::vector<cv::Mat> split_sheet(const cv::Mat &image, const cv::Size &cell, const std::string &name);

}  // namespace fsd
