// Filters, layer by layer, as tiles of colored numbers.
#pragma once

#include <opencv2/core.hpp>

#include <string>
#include <vector>

namespace fsd {

struct FilterTiles {
    std::string title;           // the layer, and what rows and columns are
    std::string unit;            // of the numbers
    std::size_t columns = 1;     // tiles in a row
    std::vector<cv::Mat> tiles;  // CV_32F, all of one size, row by row
    double least_range = 0.1;    // of the color scale, so that rounding errors stay pale
};

// Every layer has its own symmetric color scale; it ends at the 99th percentile of the absolute numbers.
cv::Mat filter_mosaic(const std::vector<FilterTiles> &layers);

}  // namespace fsd
