// Plots of measured numbers, side by side: points, lines, bars of histograms, maps of colors.
#pragma once

#include "toolkit/pictures/axis_range.h"
#include "toolkit/pictures/canvas.h"

#include <string>
#include <vector>

namespace fsd {

enum class Mark { points, line, bars, cells };

struct Marks {
    std::string name;  // in the legend; empty: not in the legend
    Mark mark = Mark::points;
    std::vector<double> x, y;  // as many of each; what is not finite is left out, and interrupts a line.
                               // Bars: x = left edges, the last one's width is that of the one before it.
                               // Cells: x, y = the lower left corners of squares of width 1
    std::vector<double> value = {};  // of cells, -1 (blue) to 1 (red)
};

struct Plot {
    std::string title;
    std::string x_label, y_label;
    std::vector<Marks> marks;
    bool diagonal = false;  // draws y = x, and gives both axes the same range
    Scale x_scale = Scale::real, y_scale = Scale::real;
};

// Each plot has the same extents; one without finite points shows its axes only.
Canvas plots_picture(const std::vector<Plot> &plots);

}  // namespace fsd
