// Filters, layer by layer, as tiles of colored numbers.
#pragma once

#include "toolkit/pictures/canvas.h"

#include <string>
#include <vector>

namespace fsd {

struct FilterTiles {
    std::string title;                    // the layer, and how many outputs and inputs it has
    std::string unit;                     // of the numbers
    std::size_t inputs = 1;               // tiles of an output
    std::vector<cv::Mat> tiles;           // CV_32F, all of one size, output by output
    std::vector<std::string> names = {};  // of the inputs, e.g. colors; empty: they are numbered
    double least_range = 0.1;             // of the color scale, so that rounding errors stay pale
};

// The tiles of an output stand in a row with the output's number in front of it and the inputs' names above;
// where they are few, such rows stand side by side. Every layer has its own symmetric color scale; it ends at
// the 99th percentile of the absolute numbers.
Canvas filter_mosaic(const std::vector<FilterTiles> &layers);

}  // namespace fsd
