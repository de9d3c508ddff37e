// Line charts as SVG text: curves of training, results of measurements.
#pragma once

#include <string>
#include <vector>

namespace fsd {

struct Series {
    std::string name;
    std::vector<double> x, y;  // as many of each; a y that is not finite interrupts the line
};

struct LineChart {
    std::string title;
    std::string x_label, y_label;
    std::vector<Series> series;
};

// The charts side by side in one picture. A chart without finite points shows its axes only.
std::string line_charts_svg(const std::vector<LineChart> &charts);

}  // namespace fsd
